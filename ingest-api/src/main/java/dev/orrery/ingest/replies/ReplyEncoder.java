package dev.orrery.ingest.replies;

import java.time.Duration;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes parts of a reply as server-sent events. */
@Component
final class ReplyEncoder {

    /** How long a browser waits before it reconnects; said once, with the first event. */
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final JsonMapper json;

    ReplyEncoder(JsonMapper json) {
        this.json = json;
    }

    ServerSentEvent<String> event(ReplyPart part) {
        var event =
                ServerSentEvent.<String>builder()
                        .id(Long.toString(part.position().id()))
                        .event(part.name())
                        .data(json.writeValueAsString(part));
        return part instanceof ReplyPart.Accepted
                ? event.retry(RECONNECT_AFTER).build()
                : event.build();
    }

    /** Bytes that keep a connection alive and mean nothing. */
    ServerSentEvent<String> comment(String text) {
        return ServerSentEvent.<String>builder().comment(text).build();
    }
}
