package dev.orrery.llm.leases;

import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.pipeline.turn.Turns;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives leases up when this process stops, so that whoever comes next need not wait until they
 * lapse.
 */
public final class LeaseRelease {

    private static final Logger log = LoggerFactory.getLogger(LeaseRelease.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final LiveRuns runs;
    private final Turns momentary;

    /**
     * @param momentary renews for no longer than a moment, which is what giving up means to a row
     */
    public LeaseRelease(LiveRuns runs, Turns momentary) {
        this.runs = runs;
        this.momentary = momentary;
    }

    /**
     * Breaks all runs off and gives their leases up. Blocks for 2 s at most; a lease that could not
     * be given up lapses. The leases must not be renewed any more.
     */
    public void giveUpAll() {
        var left = runs.all();
        left.forEach(run -> runs.stop(run, StopReason.SHUT_DOWN));
        try {
            momentary.renew(left.stream().map(LiveRun::progress).toList()).blockLast(LONGEST_WAIT);
        } catch (RuntimeException failure) {
            log.info(
                    "Leases lapse by themselves: runs={} reason={}",
                    left.size(),
                    failure.toString());
        }
    }
}
