package dev.orrery.ingest.security;

import dev.orrery.pipeline.http.TokenText;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Refuses what a lenient parser lets pass before it reaches one: a token has exactly one spelling,
 * an {@code exp} that is a whole number and a {@code sub} that is a text.
 */
final class StrictTokens implements ReactiveJwtDecoder {

    private final ReactiveJwtDecoder verifier;

    StrictTokens(ReactiveJwtDecoder verifier) {
        this.verifier = verifier;
        isStrict("e30.e30.AAAA"); // builds its parser here, under a lock, and not on an event loop
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> isStrict(token) ? verifier.decode(token) : Mono.error(malformed()));
    }

    private static boolean isStrict(String token) {
        var text = TokenText.parse(token);
        return text != null
                && text.claims().path("exp").isIntegralNumber()
                && text.claims().path("sub").isString();
    }

    private static BadJwtException malformed() {
        return new BadJwtException("malformed token");
    }
}
