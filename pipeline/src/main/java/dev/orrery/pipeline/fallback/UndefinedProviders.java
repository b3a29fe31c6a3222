package dev.orrery.pipeline.fallback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks of providers that no rule knows: each time in a counter, in the log once a minute. Names
 * come from callers, so both are bounded. Safe on any thread.
 */
final class UndefinedProviders {

    private static final Logger log = LoggerFactory.getLogger(UndefinedProviders.class);

    static final String METER = "orrery.fallback.undefined";

    /** In this tag are the providers that come after the first {@value #MOST_NAMES}. */
    static final String OTHERS = "others";

    static final int MOST_NAMES = 100;
    private static final int MOST_CHARACTERS = 100;
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final MeterRegistry meters;
    private final Clock clock;
    private final ConcurrentMap<String, Instant> lastSaid = new ConcurrentHashMap<>();

    UndefinedProviders(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    void seen(String provider) {
        var name = bounded(provider);
        count(name);
        if (isDue(name)) {
            log.atWarn()
                    .addKeyValue("provider", name)
                    .log(
                            "[LLM_GATEWAY_CLIENT] ⚠️ No specific fallback defined for provider: {}",
                            name);
        }
    }

    private void count(String name) {
        Counter.builder(METER).tag("provider", name).register(meters).increment();
    }

    /** Of several threads at the same moment one speaks. */
    private boolean isDue(String name) {
        var now = clock.instant();
        var last = lastSaid.get(name);
        if (last == null) {
            return lastSaid.putIfAbsent(name, now) == null;
        }
        return !last.plus(SILENCE).isAfter(now) && lastSaid.replace(name, last, now);
    }

    /** Two threads may pass the bound by a few names; that is bounded as well. */
    private String bounded(String provider) {
        var name = clean(provider);
        return lastSaid.containsKey(name) || lastSaid.size() < MOST_NAMES ? name : OTHERS;
    }

    /** On one line of the log, and not a long one. */
    private static String clean(String provider) {
        var cut = provider.substring(0, Math.min(provider.length(), MOST_CHARACTERS));
        return cut.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    }
}
