package dev.orrery.pipeline.turn;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.ReplyEnding;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.TokenUsage;
import dev.orrery.events.TurnRef;
import dev.orrery.events.WantedFact;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events a turn's row gives rise to. Everything is read from the row and every id is derived
 * from the turn's, so whoever publishes them, however often, publishes the same events.
 */
public final class TurnEvents {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Replaced by the publisher; an event of a row has no writer before it is published. */
    private static final String SOURCE = "turn";

    private TurnEvents() {}

    /** What every event of the main path says about this turn. */
    public static TurnRef ref(TurnRow row) {
        return TurnRef.newBuilder()
                .setTurnId(row.turnId().toString())
                .setSessionId(row.sessionId().toString())
                .setUserId(row.userId())
                .setWalletId(row.walletId().toString())
                .setBotId(row.botId().toString())
                .setSequence(row.sequence())
                .setRevisionId(row.revisionId().toString())
                .setExperimentArm(row.experimentArm())
                .setProfileVersion(row.profileVersion())
                .setAcceptedAt(row.acceptedAt())
                .setDeadline(row.deadline())
                .setReplyPartition(row.replyPartition())
                .build();
    }

    /** The event that begins the turn's journey; a new trace begins with it. */
    public static Event<ChatRequested> requested(TurnRow row) {
        return requested(row, null);
    }

    /**
     * The event that begins the turn's journey.
     *
     * @param trace the trace of the request that posted the message; null begins a new one
     */
    public static Event<ChatRequested> requested(TurnRow row, @Nullable TraceParent trace) {
        var value =
                ChatRequested.newBuilder()
                        .setTurn(ref(row))
                        .setText(row.requestText())
                        .setFacts(wantedFacts(row.facts()))
                        .build();
        return new Event<>(
                Topics.CHAT_REQUESTS,
                row.sessionId().toString(),
                null,
                value,
                context(
                        row,
                        Topics.CHAT_REQUESTS,
                        0,
                        row.acceptedAt(),
                        null,
                        row.deadline(),
                        trace));
    }

    /** The one final fact about the turn. The row must have ended. */
    public static Event<ChatOutcome> outcome(TurnRow row) {
        var ending = endingOf(row);
        var reply = ending.reply();
        var firstTokenAt = ending.firstTokenAt();
        var value =
                ChatOutcome.newBuilder()
                        .setTurn(ref(row))
                        .setState(outcomeState(ending.state()))
                        .setCode(ending.code())
                        .setText(reply == null ? null : reply.text())
                        .setFinishReason(reply == null ? null : reply.finishReason())
                        .setProvider(reply == null ? null : reply.provider())
                        .setModel(reply == null ? null : reply.model())
                        .setRegion(reply == null ? null : reply.region())
                        .setUsage(reply == null ? null : usage(reply))
                        .setAttempts(Trails.attempts(ending.trail()))
                        .setCostUsdMicros(ending.trail().costMicros())
                        .setToolCalls(Trails.toolCalls(ending.trail()))
                        .setMarks(ending.trail().marks())
                        .setChargeMicros(ending.chargeMicros())
                        .setCurrency(row.currency())
                        .setPromptHash(ending.trail().promptHash())
                        .setFirstTokenMillis(
                                firstTokenAt == null
                                        ? null
                                        : Duration.between(row.acceptedAt(), firstTokenAt)
                                                .toMillis())
                        .setFinishedAt(ending.finishedAt())
                        .build();
        return new Event<>(
                Topics.CHAT_OUTCOMES,
                row.walletId().toString(),
                null,
                value,
                ended(row, Topics.CHAT_OUTCOMES, 0, ending));
    }

    /**
     * The event that ends the reply, addressed to the partition that the waiting instance tails.
     */
    public static Event<ReplyEvent> terminalReply(TurnRow row) {
        var ending = endingOf(row);
        var position = ending.terminalPosition();
        var reply = ending.reply();
        boolean completed = ending.state() == TurnRow.State.COMPLETED;
        var value =
                ReplyEvent.newBuilder()
                        .setTurnId(row.turnId().toString())
                        .setEpoch(position.epoch())
                        .setSequence(position.sequence())
                        .setKind(completed ? ReplyKind.COMPLETED : ReplyKind.FAILED)
                        .setText(completed && reply != null ? reply.text() : null)
                        .setEnding(
                                completed && reply != null
                                        ? answered(row, ending, reply)
                                        : unanswered(row, ending))
                        .build();
        return new Event<>(
                Topics.CHAT_REPLIES,
                row.turnId().toString(),
                row.replyPartition(),
                value,
                ended(row, Topics.CHAT_REPLIES, position.id(), ending));
    }

    private static ReplyEnding answered(
            TurnRow row, TurnRow.Ending ending, TurnRow.StoredReply reply) {
        return ReplyEnding.newBuilder()
                .setTurn(ref(row))
                .setFinishReason(reply.finishReason())
                .setProvider(reply.provider())
                .setModel(reply.model())
                .setUsage(usage(reply))
                .setChargeMicros(ending.chargeMicros())
                .setCurrency(row.currency())
                .build();
    }

    private static ReplyEnding unanswered(TurnRow row, TurnRow.Ending ending) {
        var code = ending.failureCode();
        return ReplyEnding.newBuilder()
                .setTurn(ref(row))
                .setCode(code)
                .setMessage(FailureCode.of(code).message())
                .setChargeMicros(ending.chargeMicros())
                .setCurrency(row.currency())
                .build();
    }

    private static TokenUsage usage(TurnRow.StoredReply reply) {
        return TokenUsage.newBuilder()
                .setInputTokens(reply.inputTokens())
                .setOutputTokens(reply.outputTokens())
                .setCachedInputTokens(reply.cachedInputTokens())
                .setReasoningTokens(reply.reasoningTokens())
                .setEstimated(reply.usageEstimated())
                .build();
    }

    private static OutcomeState outcomeState(TurnRow.State state) {
        return switch (state) {
            case COMPLETED -> OutcomeState.COMPLETED;
            case FAILED -> OutcomeState.FAILED;
            case CANCELLED -> OutcomeState.CANCELLED;
        };
    }

    private static List<WantedFact> wantedFacts(String json) {
        var facts = new ArrayList<WantedFact>();
        for (JsonNode fact : JSON.readTree(json)) {
            var wanted = WantedFact.newBuilder().setKind(fact.path("kind").asString());
            if (fact.has("indispensable")) {
                wanted.setIndispensable(fact.path("indispensable").asBoolean());
            }
            if (fact.has("format")) {
                wanted.setFormat(fact.path("format").asString());
            }
            facts.add(wanted.build());
        }
        return facts;
    }

    /** The end of a turn has no deadline: it is to be told and booked however late it is. */
    private static EventContext ended(
            TurnRow row,
            Topic<? extends SpecificRecord> topic,
            long ordinal,
            TurnRow.Ending ending) {
        var requested = DerivedId.ofEvent(row.turnId(), ChatRequested.class.getSimpleName(), 0);
        return context(row, topic, ordinal, ending.finishedAt(), requested, null, null);
    }

    private static EventContext context(
            TurnRow row,
            Topic<? extends SpecificRecord> topic,
            long ordinal,
            Instant time,
            @Nullable UUID cause,
            @Nullable Instant deadline,
            @Nullable TraceParent trace) {
        return new EventContext(
                DerivedId.ofEvent(row.turnId(), topic.type().getSimpleName(), ordinal),
                SOURCE,
                time,
                row.turnId().toString(),
                cause,
                deadline,
                trace);
    }

    private static TurnRow.Ending endingOf(TurnRow row) {
        var ending = row.ending();
        if (ending == null) {
            throw new IllegalArgumentException("turn " + row.turnId() + ": open (expected: ended)");
        }
        return ending;
    }
}
