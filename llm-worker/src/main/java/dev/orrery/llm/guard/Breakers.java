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
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Leaves targets alone that have failed too often or have asked for a pause: one {@link Breaker}
 * for each provider, model and region. The state of each is the gauge {@code
 * orrery.llm.breaker.state}: 0 closed, 1 half-open, 2 open or pausing. Servers that requests name
 * share one for each model, which has the worst of their states.
 *
 * <p>Each process learns by itself. Beyond 10,000 targets, which only somebody who invents names of
 * models can reach, further ones are not guarded.
 */
public final class Breakers implements CallGate {

    private static final int MOST_TARGETS = 10_000;

    private final Map<Step.Target, Breaker> breakers = new ConcurrentHashMap<>();
    private final Map<Step.Target, Queue<Breaker>> shown = new ConcurrentHashMap<>();
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
    }

    @Override
    public Admission admit(Call call, boolean lastResort) {
        return of(call.step().target()).admit(lastResort);
    }

    private Breaker of(Step.Target target) {
        var known = breakers.get(target);
        if (known != null) {
            return known;
        }
        return breakers.size() < MOST_TARGETS
                ? breakers.computeIfAbsent(target, this::measured)
                : breaker(target);
    }

    private Breaker measured(Step.Target target) {
        var breaker = breaker(target);
        var provider = AtEndpoint.tag(target.provider());
        var label = new Step.Target(provider, target.model(), target.region());
        shown.computeIfAbsent(label, this::gauge).add(breaker);
        return breaker;
    }

    private Queue<Breaker> gauge(Step.Target label) {
        var breakers = new ConcurrentLinkedQueue<Breaker>();
        var region = label.region();
        Gauge.builder("orrery.llm.breaker.state", breakers, Breakers::worst)
                .description("0 closed, 1 half-open, 2 open or pausing")
                .tag("provider", label.provider())
                .tag("model", label.model())
                .tag("region", region == null ? "" : region)
                .register(meters);
        return breakers;
    }

    private static int worst(Queue<Breaker> breakers) {
        return breakers.stream().mapToInt(Breaker::state).max().orElse(0);
    }

    private Breaker breaker(Step.Target target) {
        return new Breaker(
                CircuitBreaker.of(target.provider() + "/" + target.model(), circuits),
                settings,
                ticker);
    }
}
