package dev.orrery.tools.bench;

import dev.orrery.tools.door.DemoEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * A whole Orrery in a process and a folder of its own, started for a measurement and gone after it.
 */
final class Installation implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

    private final Process process;
    private final Path directory;
    private final DemoEnvironment environment;

    private Installation(Process process, Path directory, DemoEnvironment environment) {
        this.process = process;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * Starts it and waits until it says that it is ready.
     *
     * @param jar the executable jar of {@code standalone}
     * @param port the first port of its range
     */
    static Installation start(Path jar, int port) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("orrery-bench");
        var log = directory.resolve("output.log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "-Xmx2g",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toString(),
                                "--quiet",
                                "--data",
                                directory.resolve("data").toString(),
                                "--port",
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var ready = directory.resolve("data").resolve("demo.env");
        long giveUpAt = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(ready)) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > giveUpAt) {
                var said = Files.readString(log);
                end(process, directory);
                throw new IOException("Orrery did not start; it said:\n" + said);
            }
        }
        return new Installation(process, directory, DemoEnvironment.read(ready));
    }

    DemoEnvironment environment() {
        return environment;
    }

    /** The key its door checks tokens with. */
    String signingKey() throws IOException {
        return Files.readString(directory.resolve("data").resolve("jwt.secret")).strip();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        end(process, directory);
    }

    private static void end(Process process, Path directory)
            throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Installation::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
