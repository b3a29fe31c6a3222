package dev.orrery.llm.gateway.shared;

import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something that replicas share can be reached. While nothing is known to have changed,
 * nobody waits for an answer that will not come: it is tried once a second. Its absence is said
 * once in the log when it begins and when it ends, and in a gauge, 1 or 0.
 *
 * <p>Thread safety: any thread; never blocks.
 */
public final class Reachability {

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String what;
    private final Ticker ticker;
    private volatile boolean isReached = true;
    private volatile long tryAgainAt;

    /**
     * @param what is shared, as the log says it: "Rate limits"
     */
    public Reachability(String what, String gauge, Ticker ticker, MeterRegistry meters) {
        this.what = what;
        this.ticker = ticker;
        this.tryAgainAt = ticker.now();
        Gauge.builder(gauge, this, each -> each.isReached ? 1 : 0).register(meters);
    }

    public boolean isWorthATry() {
        return isReached || ticker.now() - tryAgainAt >= 0;
    }

    public void reached() {
        if (!isReached) {
            isReached = true;
            log.info("{} are shared again", what);
        }
    }

    /** It failed, for a reason that lies in it. */
    public void missed(Throwable failure) {
        tryAgainAt = ticker.now() + PAUSE.toNanos();
        if (isReached) {
            isReached = false;
            log.warn(
                    "{} cannot be shared, each replica is on its own: reason={}",
                    what,
                    failure.getClass().getSimpleName());
        }
    }
}
