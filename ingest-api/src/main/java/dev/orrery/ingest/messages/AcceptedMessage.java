package dev.orrery.ingest.messages;

import dev.orrery.pipeline.turn.TurnRow;
import java.util.Locale;
import java.util.UUID;

/** What a client is told when its message is safe. */
record AcceptedMessage(UUID id, UUID sessionId, String state, MessageLinks links) {

    static AcceptedMessage of(TurnRow turn) {
        var ending = turn.ending();
        return new AcceptedMessage(
                turn.turnId(),
                turn.sessionId(),
                ending == null ? "accepted" : ending.state().name().toLowerCase(Locale.ROOT),
                MessageLinks.of(turn.turnId().toString()));
    }
}
