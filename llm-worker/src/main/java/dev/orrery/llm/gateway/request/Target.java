package dev.orrery.llm.gateway.request;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain as it is asked for.
 *
 * @param provider lower-case code
 * @param region null where none is named
 * @param retry further tries, 0 to 5
 * @param endpoint where an OpenAI-compatible server is; null for the provider's own address
 */
public record Target(
        String provider,
        String model,
        @Nullable String region,
        int retry,
        @Nullable URI endpoint) {}
