package dev.orrery.llm.chain;

import dev.orrery.llm.prices.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls: {@code orrery.llm.calls} by result, {@code orrery.llm.first.token}, {@code
 * orrery.llm.tokens} as the providers state them, {@code orrery.llm.cost} in US dollars, {@code
 * orrery.llm.cost.unpriced} of calls whose price is not known. Models and providers come from
 * configurations, so the number of tags is bounded by theirs.
 */
public final class CallMeters implements CallListener {

    private static final double MICROS = 1e6;

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
        var firstToken = report.timing().firstTokenMillis();
        if (firstToken != null) {
            meters.timer(
                            "orrery.llm.first.token",
                            "provider",
                            step.provider(),
                            "model",
                            step.model())
                    .record(Duration.ofMillis(firstToken));
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
