package dev.orrery.pipeline.fallback;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.stage.StageFailure;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The rules in force: read when the app starts, and again and again in the background. A chain is
 * made of what was read last, so no message waits for a database, and none fails because one is
 * away.
 */
public final class LiveFallbackRules implements Fallbacks {

    private static final Logger log = LoggerFactory.getLogger(LiveFallbackRules.class);

    static final String REFRESHES = "orrery.fallback.refreshes";

    private record Loaded(List<FallbackRule> read, FallbackRules rules) {}

    private final FallbackRuleSource source;
    private final FallbackSettings settings;
    private final Duration refresh;
    private final MeterRegistry meters;
    private final UndefinedProviders undefined;
    private final Scheduler scheduler;
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Disposable refreshing;

    /**
     * @param refresh from the end of one reading to the next, above 0; a change is seen that late
     * @param scheduler that the waiting is done on
     */
    public LiveFallbackRules(
            FallbackRuleSource source,
            FallbackSettings settings,
            Duration refresh,
            MeterRegistry meters,
            Clock clock,
            Scheduler scheduler) {
        this.source = source;
        this.settings = settings;
        this.refresh = refresh;
        this.meters = meters;
        this.undefined = new UndefinedProviders(meters, clock);
        this.scheduler = scheduler;
    }

    @Override
    public List<ChainStep> plan(ChainWish wish) {
        var plan = current().plan(wish);
        if (plan.undefined()) {
            undefined.seen(wish.primary().provider());
        }
        return plan.steps();
    }

    /**
     * What was read last. Called on any thread; returns at once.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public FallbackRules current() {
        var present = loaded;
        if (present == null) {
            throw new IllegalStateException("BUG: fallback rules are asked for before the start");
        }
        return present.rules();
    }

    /**
     * Reads the rules and begins to refresh them. Blocks until they are there; a database that is
     * away is waited for.
     *
     * @param patience how long
     * @throws IllegalStateException when they are not there by then, or cannot be used
     */
    public void start(Duration patience) {
        read().retryWhen(Backoff.DEFAULT.forever(LiveFallbackRules::passes, this::logWait))
                .timeout(patience)
                .onErrorMap(failure -> unreadable(failure, patience))
                .doOnNext(this::adopt)
                .block();
        refreshing = refreshes().subscribe();
    }

    /** Ends the refreshing; what is in force stays so. */
    public void stop() {
        var running = refreshing;
        if (running != null) {
            running.dispose();
        }
    }

    private Mono<Void> refreshes() {
        return Mono.delay(refresh, scheduler)
                .then(read())
                .doOnNext(this::adopt)
                .doOnNext(read -> count("read"))
                .onErrorResume(this::keep)
                .repeat()
                .then();
    }

    private Mono<Loaded> read() {
        return Mono.defer(source::read)
                .map(read -> new Loaded(read, new FallbackRules(read, settings)));
    }

    private void adopt(Loaded next) {
        var before = loaded;
        loaded = next;
        if (before == null || !before.read().equals(next.read())) {
            log.info("Fallback rules in force: rules={}", next.read().size());
        }
    }

    /** Old rules are better than none: the next reading may bring new ones. */
    private Mono<Loaded> keep(Throwable failure) {
        count("failed");
        log.warn("Fallback rules not read, the old ones stay: reason={}", failure.toString());
        return Mono.empty();
    }

    private void count(String outcome) {
        meters.counter(REFRESHES, "outcome", outcome).increment();
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof StageFailure.Transient;
    }

    private void logWait(Throwable failure, Duration wait) {
        log.warn(
                "Waiting for the fallback rules: reason={} waitMillis={}",
                failure.toString(),
                wait.toMillis());
    }

    private static IllegalStateException unreadable(Throwable failure, Duration patience) {
        var found = failure instanceof TimeoutException ? "none within " + patience : failure;
        return new IllegalStateException(
                "fallback rules: "
                        + found
                        + " (expected: llm.fallback_rules of migration V008, readable by this app's role)",
                failure);
    }
}
