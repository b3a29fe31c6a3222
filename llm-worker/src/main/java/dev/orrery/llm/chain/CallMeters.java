package dev.orrery.llm.chain;

import dev.orrery.llm.prices.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls: {@code orrery.llm.calls} by result, {@code orrery.llm.fallbacks} of them, {@code
 * orrery.llm.call.duration} and {@code orrery.llm.first.token} with histograms, {@code
 * orrery.llm.tokens} as the providers state them, {@code orrery.llm.cost} in US dollars, {@code
 * orrery.llm.cost.unpriced} of calls whose price is not known. Models and providers come from
 * configurations, so the number of tags is bounded by theirs.
 */
public final class CallMeters implements CallListener {

    private static final double MICROS = 1e6;

    /** Buckets of OpenTelemetry's conventions for generative AI: 10 ms doubling to 81.92 s. */
    private static final Duration[] BUCKETS =
            IntStream.range(0, 14)
                    .mapToObj(power -> Duration.ofMillis(10L << power))
                    .toArray(Duration[]::new);

    private final MeterRegistry meters;

    public CallMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(CallReport report) {
        var step = report.call().step();
        meters.counter(
                        "orrery.llm.calls",
                        "provider",
                        step.provider(),
                        "model",
                        step.model(),
                        "result",
                        report.result())
                .increment();
        if (report.call().isFallback()) {
            meters.counter(
                            "orrery.llm.fallbacks",
                            "provider",
                            step.provider(),
                            "model",
                            step.model(),
                            "result",
                            report.result())
                    .increment();
        }
        timer("orrery.llm.call.duration", step)
                .record(Duration.ofMillis(report.timing().tookMillis()));
        var firstToken = report.timing().firstTokenMillis();
        if (firstToken != null) {
            timer("orrery.llm.first.token", step).record(Duration.ofMillis(firstToken));
        }
        var usage = report.usage();
        if (usage != null) {
            count(step, "input", usage.inputTokens());
            count(step, "output", usage.outputTokens());
        }
        spent(step, report.cost());
    }

    private void spent(Step step, @Nullable Cost cost) {
        if (cost == null) {
            counter("orrery.llm.cost.unpriced", step).increment();
        } else {
            counter("orrery.llm.cost", step).increment(cost.micros() / MICROS);
        }
    }

    private Timer timer(String name, Step step) {
        return Timer.builder(name)
                .tags("provider", step.provider(), "model", step.model())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    private Counter counter(String name, Step step) {
        return meters.counter(name, "provider", step.provider(), "model", step.model());
    }

    private void count(Step step, String kind, long tokens) {
        meters.counter(
                        "orrery.llm.tokens",
                        "provider",
                        step.provider(),
                        "model",
                        step.model(),
                        "kind",
                        kind)
                .increment(tokens);
    }
}
