package dev.orrery.pipeline.gateway.tokens;

import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param service the token's {@code service}, 1 to 64 letters, digits, dots, underscores, hyphens
 * @param user on whose behalf, the token's {@code sub}; null when it names nobody
 * @param bodyHash what {@link HashedBody#hash} has to be; null when the token is for any body
 */
public record Caller(String service, @Nullable String user, @Nullable String bodyHash) {

    /** With any body. */
    public Caller(String service, @Nullable String user) {
        this(service, user, null);
    }
}
