package dev.orrery.billing;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.TurnRef;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topics;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Outcomes of turns, as they are published when a turn has ended. */
final class Outcomes {

    private static final Instant NOW = Instant.parse("2026-01-15T09:15:00Z");

    private Outcomes() {}

    static Event<ChatOutcome> of(UUID turn, UUID wallet, long chargeMicros) {
        return of(turn, wallet, chargeMicros, null);
    }

    static Event<ChatOutcome> of(
            UUID turn, UUID wallet, long chargeMicros, @Nullable String replayId) {
        return of(turn.toString(), wallet, chargeMicros, replayId);
    }

    /** One that nobody can book. */
    static Event<ChatOutcome> faulty(UUID wallet) {
        return of("no-uuid", wallet, 1, null);
    }

    private static Event<ChatOutcome> of(
            String turn, UUID wallet, long chargeMicros, @Nullable String replayId) {
        var reference =
                TurnRef.newBuilder()
                        .setTurnId(turn)
                        .setSessionId(UUID.randomUUID().toString())
                        .setUserId("asha")
                        .setWalletId(wallet.toString())
                        .setBotId(UUID.randomUUID().toString())
                        .setSequence(1)
                        .setRevisionId(UUID.randomUUID().toString())
                        .setProfileVersion(1)
                        .setAcceptedAt(NOW)
                        .setDeadline(NOW.plusSeconds(60))
                        .setReplyPartition(0)
                        .setReplayId(replayId)
                        .build();
        var outcome =
                ChatOutcome.newBuilder()
                        .setTurn(reference)
                        .setState(OutcomeState.COMPLETED)
                        .setChargeMicros(chargeMicros)
                        .setCurrency("INR")
                        .setFinishedAt(NOW)
                        .build();
        var about =
                new EventContext(
                        DerivedId.of(wallet, "outcome of " + turn),
                        "test",
                        NOW,
                        turn,
                        null,
                        null,
                        null);
        return new Event<>(Topics.CHAT_OUTCOMES, wallet.toString(), null, outcome, about);
    }
}
