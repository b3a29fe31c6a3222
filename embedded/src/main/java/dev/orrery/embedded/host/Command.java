package dev.orrery.embedded.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs, says something and ends.
 *
 * @param words the program and its arguments
 * @param ignoredEnvironment prefix of the environment variables that it must not see, "" for none
 */
public record Command(List<String> words, String ignoredEnvironment) {

    public Command {
        words = List.copyOf(words);
    }

    /**
     * What a program said and how it ended.
     *
     * @param exitCode 0 for success
     * @param text its standard output and error together
     */
    public record Result(int exitCode, String text) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs it to its end. Blocks the calling thread, for at most the time-out; a program that takes
     * longer is killed.
     *
     * @throws StartFailed if it could not be started or took too long
     */
    public Result run(Duration timeout) {
        // A file, not a pipe: a pipe would stay open for as long as a daemon that the program
        // leaves behind.
        Path output = null;
        try {
            output = Files.createTempFile("command-", ".out");
            return run(timeout, output);
        } catch (IOException cause) {
            throw new StartFailed(
                    "cannot run %s: %s".formatted(words.getFirst(), cause.getMessage()), cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted while running " + words.getFirst(), cause);
        } finally {
            delete(output);
        }
    }

    private Result run(Duration timeout, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        if (!ignoredEnvironment.isEmpty()) {
            builder.environment().keySet().removeIf(name -> name.startsWith(ignoredEnvironment));
        }
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartFailed(
                        "%s took longer than %s%n%s"
                                .formatted(String.join(" ", words), timeout, said(output)));
            }
            return new Result(process.exitValue(), said(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String said(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    }

    private static void delete(@Nullable Path output) {
        try {
            if (output != null) {
                Files.deleteIfExists(output);
            }
        } catch (IOException left) {
            // An empty file in the temporary directory hurts nobody.
        }
    }
}
