package dev.orrery.ingest.messages;

import dev.orrery.pipeline.turn.TurnRow;
import java.util.UUID;

/** What a client is told when its message is safe. */
record AcceptedMessage(UUID id, UUID sessionId, String state, MessageLinks links) {

    static AcceptedMessage of(TurnRow turn) {
        return new AcceptedMessage(
                turn.turnId(),
                turn.sessionId(),
                MessageView.state(turn),
                MessageLinks.of(turn.turnId().toString()));
    }
}
