package dev.orrery.llm.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One question to one model.
 *
 * @param model the provider's own name of the model
 * @param region where the call goes to; null where the provider has none
 * @param conversation what the model sees
 * @param connectLimit from the call until the request can be written: a free place in the pool,
 *     name, TCP and TLS
 * @param streamed whether the provider is asked for a stream. Without, it sends its answer whole,
 *     and the chunks of it are the same, only all at once; a provider that knows nothing but
 *     streams sends one
 */
public record Prompt(
        String model,
        @Nullable String region,
        Conversation conversation,
        Duration connectLimit,
        boolean streamed) {

    /** Asks for a stream. */
    public Prompt(
            String model,
            @Nullable String region,
            Conversation conversation,
            Duration connectLimit) {
        this(model, region, conversation, connectLimit, true);
    }
}
