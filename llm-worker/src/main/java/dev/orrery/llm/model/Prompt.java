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
 */
public record Prompt(
        String model, @Nullable String region, Conversation conversation, Duration connectLimit) {}
