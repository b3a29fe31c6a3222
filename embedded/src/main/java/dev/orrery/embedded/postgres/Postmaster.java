package dev.orrery.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says about a server.
 *
 * @param pid its process id, or 0 if the file is not readable as such
 * @param home the cluster that it serves
 */
record Postmaster(long pid, String home) {

    static Postmaster read(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,10}") ? 0 : Long.parseLong(lines.get(0).strip());
        return new Postmaster(pid, lines.size() < 2 ? "" : lines.get(1).strip());
    }

    /** Whether that process lives, is a PostgreSQL and serves this cluster: process ids are used again. */
    boolean isAliveOn(Path cluster) {
        Optional<ProcessHandle> process = pid == 0 ? Optional.empty() : ProcessHandle.of(pid);
        return process.filter(ProcessHandle::isAlive)
                .flatMap(alive -> alive.info().command())
                .filter(command -> Path.of(command).endsWith("postgres"))
                .filter(command -> Path.of(home).equals(cluster))
                .isPresent();
    }
}
