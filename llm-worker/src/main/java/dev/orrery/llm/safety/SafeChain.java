package dev.orrery.llm.safety;

import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.safety.Category;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * A chain of which nothing is passed on that its policy refuses, in either direction:
 *
 * <ol>
 *   <li>the user's message: one that is refused reaches no model, and somebody who speaks of
 *       self-harm is answered by the help text, at once and for nothing
 *   <li>the answer: one that is refused is broken off
 * </ol>
 *
 * For one run, which asks it for its marks when it has ended. A run may need several chains, one
 * after the other; the message is looked at before the first one.
 */
public final class SafeChain implements Chain {

    /** On the outcome of a turn that was answered by the help text. */
    public static final String CRISIS = "crisis";

    /** Who gives help: no provider, and no model. */
    private static final Step HELP = new Step("orrery", "help-text", null, 0, Limits.USUAL);

    private static final ModelChunk.Usage NO_TOKENS = new ModelChunk.Usage(0, 0, null, null);

    private final Chain chain;
    private final InputCheck input;
    private final OutputCheck output;
    private final String helpText;
    private final Clock clock;
    private final Ticker ticker;
    private final Marks marks = new Marks();
    private volatile boolean looked;

    SafeChain(
            Chain chain,
            InputCheck input,
            OutputCheck output,
            String helpText,
            Clock clock,
            Ticker ticker) {
        this.chain = chain;
        this.input = input;
        this.output = output;
        this.helpText = helpText;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * What was noticed, as outcomes tell it: {@code crisis}, {@code input_refused:violence}. Final
     * once the last chain has ended.
     */
    public List<String> marks() {
        return marks.names();
    }

    /** Whether the user was helped instead of answered. Final once the last chain has ended. */
    public boolean hasHelped() {
        return marks().contains(CRISIS);
    }

    @Override
    public Flux<ChainEvent> run(ChainRequest request) {
        return Flux.defer(() -> {
            if (looked || !input.isOn()) {
                return answered(request);
            }
            looked = true;
            long began = ticker.now();
            return input.ruling(request).flatMapMany(ruling -> received(ruling, request, began));
        });
    }

    private Flux<ChainEvent> received(Ruling ruling, ChainRequest request, long began) {
        return switch (ruling) {
            case Ruling.Passed ignored -> answered(request.after(since(began)));
            case Ruling.Found found ->
                    found.category().equals(Category.SELF_HARM)
                            ? helped()
                            : Flux.just(marks.refused(Side.INPUT, found.category(), List.of()));
            case Ruling.Unjudged ignored ->
                    input.check().refusesUnjudged()
                            ? Flux.just(marks.unjudged(Side.INPUT, List.of()))
                            : answered(request.after(since(began)));
        };
    }

    private Duration since(long began) {
        return Duration.ofNanos(ticker.now() - began);
    }

    private Flux<ChainEvent> helped() {
        marks.helped();
        return Flux.just(
                new ChainEvent.Text(helpText),
                new ChainEvent.Answered(
                        HELP, FinishReason.STOP, NO_TOKENS, clock.instant(), List.of()));
    }

    private Flux<ChainEvent> answered(ChainRequest request) {
        return output.isOn() ? output.checked(chain, request, marks) : chain.run(request);
    }
}
