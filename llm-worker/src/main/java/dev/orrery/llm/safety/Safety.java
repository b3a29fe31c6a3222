package dev.orrery.llm.safety;

import dev.orrery.events.PromptRendered;
import dev.orrery.events.TextPolicy;
import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.model.Moderators;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.safety.TextCheck.ModelName;
import dev.orrery.pipeline.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;

/**
 * Checks conversations as the policies of their revisions want it: rules in this process first,
 * then a provider's model.
 *
 * <p>Thread safety: any thread; never blocks, once it is made.
 */
public final class Safety {

    private final RuleBook rules = new RuleBook();
    private final Verdicts verdicts;
    private final Judge judge;
    private final Clock clock;
    private final Ticker ticker;

    /**
     * Reads the lists that are shipped: not to be called on an event loop.
     *
     * @param meters get the counter {@code orrery.llm.safety.verdicts}
     */
    public Safety(
            Moderators moderators, Spans spans, MeterRegistry meters, Clock clock, Ticker ticker) {
        this.verdicts = new Verdicts(meters);
        this.judge = new Judge(moderators, new JudgementSpans(spans), verdicts, ticker);
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * A chain as the policy of a prompt wants it, for one run.
     *
     * @param chain what stands below: whoever asks models
     */
    public SafeChain around(Chain chain, PromptRendered prompt) {
        var policy = prompt.getSafety();
        if (policy == null) {
            return around(chain, Check.NONE, Check.NONE, "");
        }
        var revision = prompt.getTurn().getRevisionId();
        return around(
                chain,
                check(Side.INPUT, policy.getInput(), revision),
                check(Side.OUTPUT, policy.getOutput(), revision),
                policy.getHelpText());
    }

    private SafeChain around(Chain chain, Check input, Check output, String helpText) {
        return new SafeChain(
                chain,
                new InputCheck(input, verdicts, judge),
                new OutputCheck(output, verdicts, judge, clock, ticker),
                helpText,
                clock,
                ticker);
    }

    private Check check(Side side, TextPolicy policy, String revision) {
        return new Check(
                rules.of(side, policy, revision), model(policy), policy.getRefusesUnjudged());
    }

    private static Optional<ModelName> model(TextPolicy policy) {
        var provider = policy.getProvider();
        var model = policy.getModel();
        return provider == null || model == null
                ? Optional.empty()
                : Optional.of(new ModelName(provider, model));
    }
}
