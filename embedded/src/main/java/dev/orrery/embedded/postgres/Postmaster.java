package dev.orrery.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code postmaster.pid} says about a server.
 *
 * @param processId its process, or 0 if the file does not say
 * @param home the cluster that it serves, as it was told at its start
 */
record Postmaster(long processId, String home) {

    static Postmaster read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String first = lines.isEmpty() ? "" : lines.getFirst().strip();
        long processId = first.matches("\\d{1,10}") ? Long.parseLong(first) : 0;
        return new Postmaster(processId, lines.size() < 2 ? "" : lines.get(1).strip());
    }

    /**
     * Whether that process lives and is that server. Process ids are used again, so it has to be a
     * PostgreSQL and to have been started on this cluster. A process whose command cannot be read
     * is another user's, or dead and not yet buried.
     */
    boolean isAlive() {
        return processId != 0
                && ProcessHandle.of(processId)
                        .map(ProcessHandle::info)
                        .filter(info ->
                                info.command()
                                        .map(Path::of)
                                        .filter(Postmaster::isPostgres)
                                        .isPresent())
                        .flatMap(ProcessHandle.Info::arguments)
                        .filter(arguments -> List.of(arguments).contains(home))
                        .isPresent();
    }

    private static boolean isPostgres(Path command) {
        return command.endsWith("postgres");
    }
}
