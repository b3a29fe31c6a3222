package dev.orrery.ingest.messages;

import dev.orrery.ids.DerivedId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a bot said before anybody had asked, in the form of the messages that follow. It is no
 * message: it costs nothing and cannot be asked for alone.
 *
 * @param id tells it apart in a list
 * @param state greeting
 * @param text of a user; always null
 */
record GreetingView(
        UUID id,
        UUID sessionId,
        int sequence,
        String state,
        @Nullable String text,
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
                null,
                new Reply(greeting),
                begun,
                begun);
    }
}
