package dev.orrery.llm.tools;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.deltas.ToolStep;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One dialogue on its way. Its signals come one at a time, though on changing threads.
 *
 * <p>A round is: a chain that answers; its calls are announced, and carried out; then the next
 * round begins. What a round has said holds when its chain has answered.
 */
final class Talk {

    /** Of one answer; a model that wants more than this is not listened to further. */
    private static final int MOST_CALLS_OF_ANSWER = 8;

    private final Dialogue dialogue;
    private final Chain chain;
    private final ChainRequest first;
    private final List<OfferedTool> tools;
    private final long deadline;
    private final List<CallTrace> traces = new ArrayList<>();
    private final List<CalledTool> calls = new ArrayList<>();
    private final SummedUsage usage = new SummedUsage();
    private final Words words = new Words();
    private Conversation conversation;
    private int round;
    private int callsLeft = Dialogue.MOST_CALLS;
    private int charsOfCalls;

    // Of this round.
    private final JoinedCalls joined = new JoinedCalls();
    private long shownBytes;
    private ChainEvent.@Nullable Answered answered;
    private ChainEvent.@Nullable Failed failed;
    private List<WantedCall> wanted = List.of();
    private final Map<String, CalledTool> ended = new HashMap<>();

    Talk(Dialogue dialogue, Chain chain, ChainRequest first, List<OfferedTool> tools) {
        this.dialogue = dialogue;
        this.chain = chain;
        this.first = first;
        this.tools = tools;
        this.conversation = first.conversation();
        this.deadline = dialogue.ticker().now() + first.patience().toNanos();
    }

    Flux<DialogueEvent> round() {
        round++;
        return Flux.concat(
                chain.run(request()).takeUntil(event -> isTooLong()).mapNotNull(this::heard),
                Flux.defer(this::whatFollows));
    }

    private ChainRequest request() {
        return round == 1
                ? first
                : new ChainRequest(
                        first.correlation(),
                        conversation,
                        first.steps(),
                        nextNumber(),
                        left(),
                        first.conduct(),
                        first.spender(),
                        first.origin());
    }

    /** Every call and every skipped step has a number of its own within the turn. */
    private int nextNumber() {
        return traces.stream().mapToInt(CallTrace::number).max().orElse(first.firstNumber() - 1)
                + 1;
    }

    private @Nullable DialogueEvent heard(ChainEvent event) {
        return switch (event) {
            case ChainEvent.CallBegan call -> began(call);
            case ChainEvent.Text text -> said(text);
            case ChainEvent.ToolFragment piece -> {
                joined.add(piece.fragment());
                shownBytes += TokenEstimate.bytes(piece.fragment().arguments());
                yield null;
            }
            case ChainEvent.Answered end -> {
                answered = end;
                yield null;
            }
            case ChainEvent.Failed end -> {
                failed = end;
                yield null;
            }
        };
    }

    /** A call for a tool that was broken off has shown nothing to the reader. */
    private @Nullable DialogueEvent began(ChainEvent.CallBegan call) {
        if (!call.startsOver()) {
            return null;
        }
        joined.forget();
        shownBytes = 0;
        return words.forget() ? new DialogueEvent.StartedOver(call.number()) : null;
    }

    private DialogueEvent said(ChainEvent.Text piece) {
        shownBytes += piece.bytes();
        return new DialogueEvent.Said(words.add(piece, dialogue.clock().instant()));
    }

    private boolean isTooLong() {
        return charsOfCalls + words.chars() > dialogue.maxReplyChars();
    }

    private Flux<DialogueEvent> whatFollows() {
        var end = answered;
        return end == null ? Flux.just(failure()) : wentWell(end);
    }

    /** A chain that has told no end was broken off, because what it said was too long. */
    private DialogueEvent failure() {
        var end = failed;
        if (end != null) {
            traces.addAll(end.calls());
        }
        return new DialogueEvent.Failed(
                end == null ? FailureCode.ALL_PROVIDERS_FAILED : end.code(), traces, calls);
    }

    private Flux<DialogueEvent> wentWell(ChainEvent.Answered end) {
        traces.addAll(end.calls());
        usage.add(end.usage(), conversation, shownBytes);
        var made = joined.all();
        return made.isEmpty()
                ? Flux.just(answer(end))
                : Flux.concat(
                        carriedOut(made, end.calls().getLast().number()),
                        Flux.defer(this::nextRound));
    }

    private DialogueEvent answer(ChainEvent.Answered end) {
        return new DialogueEvent.Answered(
                end.step(),
                end.finishReason(),
                usage.sum(),
                usage.isEstimated(),
                requireNonNullElse(words.since(), end.firstTokenAt()),
                traces,
                calls);
    }

    private Flux<DialogueEvent> carriedOut(List<JoinedCalls.Wanted> made, int number) {
        var toolbox = new Toolbox(dialogue, first.origin(), tools);
        wanted = wanted(made, toolbox, number);
        return Flux.concat(
                Flux.fromIterable(wanted)
                        .filter(call -> !call.isForApp())
                        .map(call -> new DialogueEvent.Stepped(call.called())),
                Flux.fromIterable(wanted)
                        .flatMap(toolbox::carriedOut, MOST_CALLS_OF_ANSWER)
                        .map(this::ended));
    }

    private List<WantedCall> wanted(List<JoinedCalls.Wanted> made, Toolbox toolbox, int number) {
        var all = new ArrayList<WantedCall>();
        for (var said : made.subList(0, Math.min(made.size(), MOST_CALLS_OF_ANSWER))) {
            var id = "call_" + number + "_" + (all.size() + 1);
            var call = toolbox.wanted(round, id, said, callsLeft > 0, left());
            callsLeft -= call.errand() == null ? 0 : 1;
            all.add(call);
        }
        return all;
    }

    private DialogueEvent ended(CalledTool call) {
        ended.put(call.id(), call);
        return new DialogueEvent.Stepped(
                new ToolStep(call.id(), call.name(), call.arguments(), call.states().getLast()));
    }

    private Flux<DialogueEvent> nextRound() {
        conversation = conversation.goingOn(toldMessages());
        if (round + 1 >= Dialogue.MOST_ROUNDS || callsLeft == 0) {
            conversation = conversation.choosing(ToolChoice.Mode.NONE);
        }
        keep();
        return Flux.concat(
                Flux.just(
                        new DialogueEvent.NextRound(
                                TokenEstimate.usage(conversation, 0).inputTokens())),
                Flux.defer(this::round));
    }

    /** The calls as the model has made them, and what came of each, in the model's order. */
    private List<Conversation.Message> toldMessages() {
        var messages = new ArrayList<Conversation.Message>();
        messages.add(
                new Conversation.Message(
                        Conversation.Role.ASSISTANT,
                        words.ofRound(),
                        wanted.stream().map(WantedCall::asSaid).toList(),
                        null));
        for (var call : wanted) {
            var came = requireNonNull(ended.get(call.id()), "BUG: a call that has not ended");
            calls.add(came);
            charsOfCalls += came.size();
            messages.add(
                    Conversation.Message.result(
                            call.id(), requireNonNull(came.result(), "BUG: no result")));
        }
        return messages;
    }

    private void keep() {
        words.keep();
        joined.forget();
        shownBytes = 0;
        answered = null;
        wanted = List.of();
        ended.clear();
    }

    private Duration left() {
        return Duration.ofNanos(deadline - dialogue.ticker().now());
    }
}
