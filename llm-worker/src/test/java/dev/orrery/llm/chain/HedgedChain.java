package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.LIMITS;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.prices.Cost;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What hedged chains of tests begin with. */
final class HedgedChain {

    /** So long a first token of {@code openai/gpt} usually takes. */
    static final Duration USUAL = Duration.ofMillis(200);

    private static final int WINDOW = 20;

    private HedgedChain() {}

    static HedgeSettings settings() {
        return new HedgeSettings(true, WINDOW, 5, Duration.ofMillis(100), Duration.ofSeconds(5), 2);
    }

    /** Knows the usual time of this step's model. */
    static Hedging knowing(Step step) {
        var hedging = new Hedging(settings());
        for (int i = 0; i < WINDOW; i++) {
            hedging.ended(report(step, "answered", USUAL.toMillis(), USUAL.toMillis() + 50));
        }
        return hedging;
    }

    static CallReport report(
            Step step, String result, @Nullable Long firstTokenMillis, long tookMillis) {
        var request = Chains.request(step);
        return new CallReport(
                new Call("turn-0", 1, step, request.conversation(), null),
                result,
                null,
                new Timing(firstTokenMillis, tookMillis),
                null,
                1,
                null,
                FinishReason.STOP,
                Cost.NONE);
    }

    /** A request that wants it. */
    static ChainRequest hedged(Refusals refusals, Step... steps) {
        var plain = Chains.request(steps);
        return new ChainRequest(
                plain.correlation(),
                plain.conversation(),
                List.of(steps),
                plain.firstNumber(),
                plain.patience(),
                new Conduct(refusals, true, false),
                null,
                Origin.UNKNOWN);
    }

    static ChainRequest hedged(Step... steps) {
        return hedged(Refusals.DEFAULT, steps);
    }

    /** A step whose first token may take this long. */
    static Step patient(Duration firstToken) {
        return new Step(
                "openai",
                "gpt",
                null,
                0,
                new Limits(LIMITS.connect(), firstToken, LIMITS.stall(), LIMITS.total()));
    }
}
