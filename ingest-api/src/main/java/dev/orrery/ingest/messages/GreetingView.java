package dev.orrery.ingest.messages;

import dev.orrery.ids.DerivedId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a bot said before anybody had asked, in the form of the messages that follow, without a text
 * of the user. It is no message: it costs nothing and cannot be asked for alone.
 *
 * @param id tells it apart in a list
 * @param state greeting
 */
record GreetingView(
        UUID id,
        UUID sessionId,
        int sequence,
        String state,
        Reply reply,
        Instant acceptedAt,
        Instant finishedAt)
        implements ConversationItem {

    record Reply(String text) {}

    static GreetingView of(UUID session, String greeting, Instant begun) {
        return new GreetingView(
                DerivedId.of(session, "greeting"),
                session,
                0,
                "greeting",
                new Reply(greeting),
                begun,
                begun);
    }
}
