package dev.orrery.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * One line a part, with the time it took; no further part once the start is to be broken off. Safe
 * for parts that start side by side, and may be stopped on any thread.
 */
final class StartProgress {

    private final PrintStream out;
    private final boolean quiet;
    private volatile boolean stopped;

    /**
     * @param quiet whether nothing is to be said
     */
    StartProgress(PrintStream out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /**
     * @throws StartStopped instead of beginning it, once somebody has asked to stop
     */
    <T> T step(String part, Callable<T> start) throws Exception {
        if (stopped) {
            throw new StartStopped(part);
        }
        long begun = System.nanoTime();
        var started = start.call();
        ready(part, Duration.ofNanos(System.nanoTime() - begun));
        return started;
    }

    /** The part that is being started is the last one. */
    void stop() {
        stopped = true;
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
