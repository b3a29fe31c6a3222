package dev.orrery.llm;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TurnRef;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.turn.TurnEvents;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prompts and rows that tests begin with. */
public final class Examples {

    public static final UUID TURN = UUID.fromString("11111111-1111-4111-8111-111111111111");
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final int REPLY_PARTITION = 2;

    private Examples() {}

    /** An open turn, accepted at the start of time. */
    public static TurnRow openTurn(UUID turn) {
        return openTurn(turn, ManualTime.START);
    }

    public static TurnRow openTurn(UUID turn, Instant acceptedAt) {
        return openTurn(turn, acceptedAt, null);
    }

    public static TurnRow openTurnOf(String arm, UUID turn) {
        return openTurn(turn, ManualTime.START, arm);
    }

    private static TurnRow openTurn(UUID turn, Instant acceptedAt, @Nullable String arm) {
        return new TurnRow(
                turn,
                UUID.fromString("22222222-2222-4222-8222-222222222222"),
                "asha",
                UUID.fromString("33333333-3333-4333-8333-333333333333"),
                UUID.fromString("44444444-4444-4444-8444-444444444444"),
                1,
                UUID.fromString("55555555-5555-4555-8555-555555555555"),
                arm,
                0,
                "[]",
                "Will I be famous?",
                acceptedAt,
                acceptedAt.plus(PATIENCE),
                REPLY_PARTITION,
                0,
                1,
                "INR",
                null);
    }

    public static TurnRef ref(TurnRow row) {
        return TurnEvents.ref(row);
    }

    /** The prompt of a turn, with these steps to be asked. */
    public static Event<PromptRendered> prompt(TurnRow row, PlannedAttempt... attempts) {
        return prompt(ref(row), attempts);
    }

    public static Event<PromptRendered> prompt(TurnRef turn, PlannedAttempt... attempts) {
        var value =
                PromptRendered.newBuilder()
                        .setTurn(turn)
                        .setPromptHash("abc123")
                        .setSystemInstruction("You are Mira.")
                        .setMessages(List.of(Messages.user("Will I be famous?")))
                        .setAttempts(List.of(attempts))
                        .setMaxOutputTokens(200)
                        .build();
        var context =
                new EventContext(
                        DerivedId.ofEvent(UUID.fromString(turn.getTurnId()), "PromptRendered", 0),
                        "test",
                        turn.getAcceptedAt(),
                        turn.getTurnId(),
                        null,
                        turn.getDeadline(),
                        null);
        return new Event<>(Topics.CHAT_PROMPTS, turn.getSessionId(), null, value, context);
    }

    /** The same prompt of somebody who says this, under a policy. */
    public static Event<PromptRendered> checked(
            Event<PromptRendered> prompt, String message, SafetyPolicy policy) {
        var value =
                PromptRendered.newBuilder(prompt.value())
                        .setMessages(List.of(Messages.user(message)))
                        .setSafety(policy)
                        .build();
        return new Event<>(prompt.topic(), prompt.key(), null, value, prompt.context());
    }

    /** The same turn, ended. */
    public static TurnRow ended(TurnRow row, TurnRow.Ending ending) {
        return new TurnRow(
                row.turnId(),
                row.sessionId(),
                row.userId(),
                row.walletId(),
                row.botId(),
                row.sequence(),
                row.revisionId(),
                row.experimentArm(),
                row.profileVersion(),
                row.facts(),
                row.requestText(),
                row.acceptedAt(),
                row.deadline(),
                row.replyPartition(),
                row.replyOffset(),
                row.runNumber(),
                row.currency(),
                ending);
    }

    public static PlannedAttempt attempt(String provider, String model) {
        return PlannedAttempt.newBuilder().setProvider(provider).setModel(model).build();
    }
}
