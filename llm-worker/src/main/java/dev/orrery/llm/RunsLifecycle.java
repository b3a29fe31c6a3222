package dev.orrery.llm;

import dev.orrery.llm.cancellations.CancelledTurns;
import dev.orrery.llm.leases.LeaseRelease;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.run.Detached;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * What runs need beside the stage. It stands between the writer, which runs write with, and the
 * stage, which begins them: up before the first one, and down only when the stage has let go of its
 * records. Answers that are still in flight then have a bounded time to finish; after it they are
 * broken off and their leases given up, so that another worker begins at once. Called on Spring's
 * own thread, which may block.
 */
final class RunsLifecycle implements SmartLifecycle {

    /** Above the writer's phase (2,000), below the stages' (3,000), see the pipeline's phases. */
    private static final int PHASE = 2_500;

    private final LeaseRenewal renewal;
    private final CancelledTurns cancelled;
    private final Detached detached;
    private final LeaseRelease release;
    private final Duration drain;
    private volatile boolean running;

    RunsLifecycle(
            LeaseRenewal renewal,
            CancelledTurns cancelled,
            Detached detached,
            LeaseRelease release,
            Duration drain) {
        this.renewal = renewal;
        this.cancelled = cancelled;
        this.detached = detached;
        this.release = release;
        this.drain = drain;
    }

    @Override
    public void start() {
        running = true;
        renewal.start();
        cancelled.start();
    }

    @Override
    public void stop() {
        detached.awaitIdle(drain);
        cancelled.stop();
        renewal.stop();
        release.giveUpAll();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
