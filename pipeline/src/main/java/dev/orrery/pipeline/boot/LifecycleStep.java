package dev.orrery.pipeline.boot;

import org.springframework.context.SmartLifecycle;

/** One step of starting and stopping. Both run on Spring's own thread and may block. */
final class LifecycleStep implements SmartLifecycle {

    private final int phase;
    private final Runnable start;
    private final Runnable stop;
    private volatile boolean running;

    LifecycleStep(int phase, Runnable start, Runnable stop) {
        this.phase = phase;
        this.start = start;
        this.stop = stop;
    }

    @Override
    public void start() {
        start.run();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stop.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
