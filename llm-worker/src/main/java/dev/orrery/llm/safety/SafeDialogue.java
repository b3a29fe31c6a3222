package dev.orrery.llm.safety;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Dialogue;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.safety.Category;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A dialogue of which nothing is passed on that its policy refuses, in either direction:
 *
 * <ol>
 *   <li>the user's message: one that is refused reaches no model, and somebody who speaks of
 *       self-harm is answered by the help text, at once and for nothing
 *   <li>the answer, see {@link CheckedAnswer}: refused, its call is broken off
 * </ol>
 *
 * For one run, which asks it for its marks when it has ended.
 */
public final class SafeDialogue implements Dialogue {

    /** On the outcome of a turn that was answered by the help text. */
    public static final String CRISIS = "crisis";

    private static final String UNAVAILABLE = "unavailable";

    /** Who gives help: no provider, and no model. */
    private static final Step HELP = new Step("orrery", "help-text", null, 0, Limits.USUAL);

    private static final ModelChunk.Usage NO_TOKENS = new ModelChunk.Usage(0, 0, null, null);

    private final Dialogue dialogue;
    private final Check input;
    private final Check output;
    private final String helpText;
    private final Safety safety;
    private volatile List<String> marks = List.of();

    SafeDialogue(Dialogue dialogue, Check input, Check output, String helpText, Safety safety) {
        this.dialogue = dialogue;
        this.input = input;
        this.output = output;
        this.helpText = helpText;
        this.safety = safety;
    }

    /**
     * What was noticed, as outcomes tell it: {@code crisis}, {@code input_refused:violence}. Final
     * once the dialogue has ended.
     */
    public List<String> marks() {
        return marks;
    }

    /** Whether the user was helped instead of answered. Final once the dialogue has ended. */
    public boolean hasHelped() {
        return marks.contains(CRISIS);
    }

    @Override
    public Flux<ChainEvent> run(ChainRequest request) {
        if (!input.isOn()) {
            return answered(request);
        }
        return Flux.defer(() -> {
            long began = safety.ticker().now();
            return ruling(request).flatMapMany(ruling -> received(ruling, request, began));
        });
    }

    private Mono<Ruling> ruling(ChainRequest request) {
        var message = message(request.conversation());
        var byRules = byRules(message);
        if (byRules instanceof Ruling.Found || input.model().isEmpty()) {
            return Mono.just(byRules);
        }
        return safety.judge()
                .judge(
                        Side.INPUT,
                        input.model().get(),
                        message,
                        request.origin(),
                        request.patience());
    }

    private Ruling byRules(String message) {
        if (input.phrases().isEmpty()) {
            return new Ruling.Passed();
        }
        var scan = new Scan(input.phrases());
        scan.read(message);
        scan.pause();
        var found = scan.found();
        Ruling ruling =
                found.isEmpty()
                        ? new Ruling.Passed()
                        : new Ruling.Found(
                                found.contains(Category.SELF_HARM)
                                        ? Category.SELF_HARM
                                        : found.iterator().next());
        safety.verdicts().byRules(Side.INPUT, ruling);
        return ruling;
    }

    /** What the user has said last; what was said before was checked in its turn. */
    private static String message(Conversation conversation) {
        return conversation.messages().reversed().stream()
                .filter(message -> message.role() == Conversation.Role.USER)
                .map(Conversation.Message::content)
                .findFirst()
                .orElse("");
    }

    private Flux<ChainEvent> received(Ruling ruling, ChainRequest request, long began) {
        return switch (ruling) {
            case Ruling.Passed ignored -> answered(request.after(since(began)));
            case Ruling.Found found ->
                    found.category().equals(Category.SELF_HARM)
                            ? helped()
                            : Flux.just(refused(Side.INPUT, found.category(), List.of()));
            case Ruling.Unjudged ignored ->
                    input.refusesUnjudged()
                            ? Flux.just(unjudged(Side.INPUT, List.of()))
                            : answered(request.after(since(began)));
        };
    }

    private Duration since(long began) {
        return Duration.ofNanos(safety.ticker().now() - began);
    }

    private Flux<ChainEvent> helped() {
        mark(CRISIS);
        return Flux.just(
                new ChainEvent.Text(helpText),
                new ChainEvent.Answered(
                        HELP, FinishReason.STOP, NO_TOKENS, safety.clock().instant(), List.of()));
    }

    private ChainEvent refused(Side side, String category, List<CallTrace> calls) {
        mark(side.wireName() + "_refused:" + category);
        return new ChainEvent.Failed(FailureCode.CONTENT_REFUSED, calls);
    }

    /** Nothing is wrong with what was said, so that trying again may help. */
    private ChainEvent unjudged(Side side, List<CallTrace> calls) {
        mark(side.wireName() + "_refused:" + UNAVAILABLE);
        return new ChainEvent.Failed(FailureCode.ALL_PROVIDERS_FAILED, calls);
    }

    private void mark(String mark) {
        marks = List.of(mark);
    }

    private Flux<ChainEvent> answered(ChainRequest request) {
        return output.isOn() ? Flux.defer(() -> checked(request)) : dialogue.run(request);
    }

    private Flux<ChainEvent> checked(ChainRequest request) {
        long began = safety.ticker().now();
        var text = new HeldText(output.phrases(), output.model().isPresent());
        var answer = new CheckedAnswer(text, safety.ticker());
        return dialogue.run(request)
                .concatMapIterable(answer::pass)
                .concatMap(event -> settled(event, text, request, began), 1)
                .takeUntil(ChainEvent.Failed.class::isInstance); // breaks off what goes on
    }

    /** What the rules came to is known at the end; then the model is asked. */
    private Flux<ChainEvent> settled(
            ChainEvent event, HeldText text, ChainRequest request, long began) {
        return switch (event) {
            case ChainEvent.Answered answered -> settled(answered, text, request, began);
            case ChainEvent.Failed failed -> Flux.just(settled(failed, text));
            case ChainEvent.CallBegan ignored -> Flux.just(event);
            case ChainEvent.Piece ignored -> Flux.just(event);
        };
    }

    private ChainEvent settled(ChainEvent.Failed failed, HeldText text) {
        if (text.ruling() instanceof Ruling.Found found) {
            safety.verdicts().byRules(Side.OUTPUT, found);
            return refused(Side.OUTPUT, found.category(), failed.calls());
        }
        return failed;
    }

    private Flux<ChainEvent> settled(
            ChainEvent.Answered answered, HeldText text, ChainRequest request, long began) {
        if (!output.phrases().isEmpty()) {
            safety.verdicts().byRules(Side.OUTPUT, new Ruling.Passed());
        }
        if (output.model().isEmpty()) {
            return Flux.just(answered);
        }
        return safety.judge()
                .judge(
                        Side.OUTPUT,
                        output.model().get(),
                        text.text(),
                        request.origin(),
                        request.patience().minus(since(began)))
                .flatMapMany(ruling -> Flux.fromIterable(judged(ruling, answered, text)));
    }

    private List<ChainEvent> judged(Ruling ruling, ChainEvent.Answered answered, HeldText text) {
        return switch (ruling) {
            case Ruling.Passed ignored -> shown(answered, text);
            case Ruling.Found found ->
                    List.of(refused(Side.OUTPUT, found.category(), answered.calls()));
            case Ruling.Unjudged ignored ->
                    output.refusesUnjudged()
                            ? List.of(unjudged(Side.OUTPUT, answered.calls()))
                            : shown(answered, text);
        };
    }

    /** All of the answer is seen now, and nothing of it was before. */
    private List<ChainEvent> shown(ChainEvent.Answered answered, HeldText text) {
        var seen =
                new ChainEvent.Answered(
                        answered.step(),
                        answered.finishReason(),
                        answered.usage(),
                        safety.clock().instant(),
                        answered.calls());
        return Stream.concat(text.everything().stream(), Stream.of(seen)).toList();
    }
}
