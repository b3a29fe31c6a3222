package dev.orrery.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Another JVM that runs a server until it is killed, so that the server's own life can be seen. */
public final class ChildJvm implements AutoCloseable {

    private static final String PORT = "serving on port ";

    private static final long READY_TIMEOUT_SECONDS = 60;

    private final Process process;

    private final int port;

    private ChildJvm(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the main class with the directories as its arguments and returns when it has printed
     * the port that it serves. Whatever else it prints goes to this JVM's standard error.
     */
    public static ChildJvm running(Class<?> main, Path... directories) throws Exception {
        Process process =
                new ProcessBuilder(command(main, directories))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            int port =
                    CompletableFuture.supplyAsync(() -> portPrintedBy(process))
                            .get(READY_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new ChildJvm(process, port);
        } catch (ExecutionException | TimeoutException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    /** Runs the main class to its end, which must come by itself, and gives its exit code. */
    public static int ending(Class<?> main, Path... directories) throws Exception {
        Process process =
                new ProcessBuilder(command(main, directories))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(READY_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(main.getName() + " did not end");
        }
        return process.exitValue();
    }

    private static List<String> command(Class<?> main, Path... directories) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        Stream.of(directories).map(Path::toString).forEach(command::add);
        return command;
    }

    /** Skips whatever the server logs before. */
    private static int portPrintedBy(Process process) {
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return output.lines()
                .filter(line -> line.startsWith(PORT))
                .findFirst()
                .map(line -> Integer.parseInt(line.substring(PORT.length())))
                .orElseThrow(
                        () -> new AssertionError("the child JVM ended before its server was up"));
    }

    /**
     * Called by main classes: says that the server is up, then waits to be killed, or for its
     * parent to end.
     */
    public static void serveUntilKilled(int port) throws IOException {
        System.out.println(PORT + port);
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(1);
    }

    public int port() {
        return port;
    }

    public long processId() {
        return process.pid();
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
