package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tells one provider of OpenAI-compatible completions from another. */
interface Vendor {

    ErrorForm errors();

    /** Headers of every answer. */
    Map<String, String> headers(long number);

    Dialect stream(Reply reply);

    WholeDialect whole(Reply reply);

    /** How it judges texts; null where it does not. */
    default @Nullable Judging judging() {
        return null;
    }

    /** Whether a stream states its tokens. */
    default boolean statesTokens(JsonNode request) {
        return request.path("stream_options").path("include_usage").asBoolean(false);
    }
}
