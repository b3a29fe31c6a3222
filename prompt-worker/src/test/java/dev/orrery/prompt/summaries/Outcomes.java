package dev.orrery.prompt.summaries;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.TurnRef;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topics;
import java.time.Instant;
import java.util.UUID;

/** Ends of turns as the llm worker publishes them. */
public final class Outcomes {

    static final Instant NOW = Instant.parse("2026-01-15T09:15:00Z");

    private Outcomes() {}

    /** A turn that was completed. */
    public static Event<ChatOutcome> completed(
            UUID session, int sequence, UUID revision, Instant finished) {
        return event(outcome(session, sequence, revision, finished).build());
    }

    static ChatOutcome.Builder outcome(
            UUID session, int sequence, UUID revision, Instant finished) {
        var turn =
                TurnRef.newBuilder()
                        .setTurnId(DerivedId.of(session, "turn/" + sequence).toString())
                        .setSessionId(session.toString())
                        .setUserId("asha")
                        .setWalletId(DerivedId.of(session, "wallet").toString())
                        .setBotId(DerivedId.of(session, "bot").toString())
                        .setSequence(sequence)
                        .setRevisionId(revision.toString())
                        .setProfileVersion(1)
                        .setAcceptedAt(finished)
                        .setDeadline(finished)
                        .setReplyPartition(0)
                        .build();
        return ChatOutcome.newBuilder()
                .setTurn(turn)
                .setState(OutcomeState.COMPLETED)
                .setChargeMicros(0)
                .setCurrency("INR")
                .setFinishedAt(finished);
    }

    static Event<ChatOutcome> event(ChatOutcome outcome) {
        var turn = outcome.getTurn();
        var about =
                new EventContext(
                        DerivedId.of(UUID.fromString(turn.getTurnId()), "outcome"),
                        "test",
                        outcome.getFinishedAt(),
                        turn.getTurnId(),
                        null,
                        null,
                        null);
        return new Event<>(Topics.CHAT_OUTCOMES, turn.getWalletId(), null, outcome, about);
    }
}
