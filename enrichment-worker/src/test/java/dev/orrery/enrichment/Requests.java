package dev.orrery.enrichment;

import dev.orrery.events.ChatRequested;
import dev.orrery.events.TurnRef;
import dev.orrery.events.WantedFact;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Accepted messages, as the door publishes them. */
final class Requests {

    private Requests() {}

    static Event<ChatRequested> of(
            String user, int profile, Instant accepted, WantedFact... wants) {
        var turn = UUID.randomUUID();
        var reference =
                TurnRef.newBuilder()
                        .setTurnId(turn.toString())
                        .setSessionId(UUID.randomUUID().toString())
                        .setUserId(user)
                        .setWalletId(UUID.randomUUID().toString())
                        .setBotId(UUID.randomUUID().toString())
                        .setSequence(1)
                        .setRevisionId(UUID.randomUUID().toString())
                        .setProfileVersion(profile)
                        .setAcceptedAt(accepted)
                        .setDeadline(accepted.plusSeconds(60))
                        .setReplyPartition(0)
                        .build();
        var request =
                ChatRequested.newBuilder()
                        .setTurn(reference)
                        .setText("Will I be famous?")
                        .setFacts(List.of(wants))
                        .build();
        var context =
                new EventContext(
                        DerivedId.of(turn, "requested"),
                        "test",
                        accepted,
                        turn.toString(),
                        null,
                        accepted.plusSeconds(60),
                        null);
        return new Event<>(Topics.CHAT_REQUESTS, reference.getSessionId(), null, request, context);
    }

    static WantedFact birthChart(boolean indispensable) {
        return WantedFact.newBuilder()
                .setKind("birth_chart")
                .setIndispensable(indispensable)
                .build();
    }
}
