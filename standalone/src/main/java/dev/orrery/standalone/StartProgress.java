package dev.orrery.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One line a part, with the time it took. Safe for parts that start side by side. */
final class StartProgress {

    private final PrintStream out;
    private final boolean quiet;

    /**
     * @param quiet whether nothing is to be said
     */
    StartProgress(PrintStream out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    <T> T step(String part, Callable<T> start) throws Exception {
        long begun = System.nanoTime();
        var started = start.call();
        ready(part, Duration.ofNanos(System.nanoTime() - begun));
        return started;
    }

    void ready(String part, Duration took) {
        say("  %-18s %5.1f s".formatted(part, took.toMillis() / 1e3));
    }

    synchronized void say(String line) {
        if (!quiet) {
            out.println(line);
        }
    }
}
