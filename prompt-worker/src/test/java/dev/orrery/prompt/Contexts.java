package dev.orrery.prompt;

import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.TurnRef;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Contexts as the enrichment worker publishes them. */
final class Contexts {

    static final Instant ACCEPTED = Instant.parse("2026-01-15T09:15:00Z");

    private Contexts() {}

    static TurnRef.Builder turn(UUID revision, UUID bot) {
        return TurnRef.newBuilder()
                .setTurnId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setSessionId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0002")
                .setUserId("asha")
                .setWalletId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0003")
                .setBotId(bot.toString())
                .setSequence(1)
                .setRevisionId(revision.toString())
                .setProfileVersion(1)
                .setAcceptedAt(ACCEPTED)
                .setDeadline(ACCEPTED.plusSeconds(60))
                .setReplyPartition(0);
    }

    static Event<ContextAssembled> of(TurnRef turn, String text, Fact... facts) {
        var context =
                ContextAssembled.newBuilder()
                        .setTurn(turn)
                        .setText(text)
                        .setFacts(List.of(facts))
                        .build();
        var turnId = UUID.fromString(turn.getTurnId());
        var about =
                new EventContext(
                        DerivedId.of(turnId, "context"),
                        "test",
                        turn.getAcceptedAt(),
                        turn.getTurnId(),
                        null,
                        turn.getDeadline(),
                        null);
        return new Event<>(Topics.CHAT_CONTEXTS, turn.getSessionId(), null, context, about);
    }
}
