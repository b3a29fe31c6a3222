package dev.orrery.llm.guard;

import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallGate;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.time.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Leaves targets alone that have failed too often or have asked for a pause: one {@link Breaker}
 * for each provider, model and region. The state of each is the gauge {@code
 * orrery.llm.breaker.state}: 0 closed, 1 half-open, 2 open or pausing. Servers that requests name
 * share one for each model, which has the worst of their states; so do models beyond 1,000 labels.
 *
 * <p>Each process learns by itself, and forgets targets that nobody has asked for an hour, or for
 * twice the longest pause.
 */
public final class Breakers implements CallGate {

    private static final Duration LEAST_IDLE = Duration.ofHours(1);
    private static final String OTHER = "other";

    private final Guards<Step.Target, Step.Target, Breaker> breakers;
    private final BreakerSettings settings;
    private final CircuitBreakerConfig circuits;
    private final Ticker ticker;
    private final MeterRegistry meters;

    public Breakers(BreakerSettings settings, Ticker ticker, MeterRegistry meters) {
        this.settings = settings;
        this.ticker = ticker;
        this.meters = meters;
        this.circuits =
                CircuitBreakerConfig.custom()
                        .clock(new MonotonicClock(ticker))
                        .slidingWindow(
                                settings.window(),
                                settings.minimumCalls(),
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.open())
                        .permittedNumberOfCallsInHalfOpenState(settings.probes())
                        .build();
        this.breakers =
                new Guards<>(
                        idle(settings),
                        Breakers::label,
                        this::breaker,
                        new Shown<>(this::gauges, Breakers::general, meters),
                        ticker);
    }

    private static Duration idle(BreakerSettings settings) {
        var paused =
                Stream.of(settings.longestPause(), settings.quotaPause(), settings.open())
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                        .multipliedBy(2);
        return paused.compareTo(LEAST_IDLE) > 0 ? paused : LEAST_IDLE;
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        return breakers.of(call.step().target()).admit(lastResort);
    }

    private static Step.Target label(Step.Target target) {
        return new Step.Target(AtEndpoint.tag(target.provider()), target.model(), target.region());
    }

    private static Step.Target general(Step.Target label) {
        return new Step.Target(label.provider(), OTHER, null);
    }

    private List<Gauge> gauges(Step.Target label, Collection<Breaker> breakers) {
        var region = label.region();
        return List.of(
                Gauge.builder("orrery.llm.breaker.state", breakers, Breakers::worst)
                        .description("0 closed, 1 half-open, 2 open or pausing")
                        .tag("provider", label.provider())
                        .tag("model", label.model())
                        .tag("region", region == null ? "" : region)
                        .register(meters));
    }

    private static int worst(Collection<Breaker> breakers) {
        return breakers.stream().mapToInt(Breaker::state).max().orElse(0);
    }

    private Breaker breaker(Step.Target target) {
        return new Breaker(
                CircuitBreaker.of(target.provider() + "/" + target.model(), circuits),
                settings,
                ticker);
    }
}
