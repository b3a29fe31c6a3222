package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelChunk;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Measures calls: {@code orrery.llm.calls} by result, {@code orrery.llm.first.token}, {@code
 * orrery.llm.tokens} as the providers state them. Models and providers come from configurations, so
 * the number of tags is bounded by theirs.
 */
final class CallMeters {

    private final MeterRegistry meters;

    CallMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void ended(Step step, String result, Course.Timing timing) {
        meters.counter(
                        "orrery.llm.calls",
                        "provider",
                        step.provider(),
                        "model",
                        step.model(),
                        "result",
                        result)
                .increment();
        var firstToken = timing.firstTokenMillis();
        if (firstToken != null) {
            meters.timer(
                            "orrery.llm.first.token",
                            "provider",
                            step.provider(),
                            "model",
                            step.model())
                    .record(Duration.ofMillis(firstToken));
        }
    }

    void used(Step step, ModelChunk.Usage usage) {
        count(step, "input", usage.inputTokens());
        count(step, "output", usage.outputTokens());
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
