package dev.orrery.ingest.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses what a lenient parser lets pass before it reaches one: a token has exactly one spelling
 * (canonical base64url, three parts, no claim twice), an {@code exp} that is a whole number and a
 * {@code sub} that is a text.
 */
final class StrictTokens implements ReactiveJwtDecoder {

    private static final int MAX_CHARACTERS = 8 * 1024;

    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ReactiveJwtDecoder verifier;

    StrictTokens(ReactiveJwtDecoder verifier) {
        this.verifier = verifier;
        // Jackson builds its reader once, under a lock that an event loop must not wait for.
        json.readTree("{}");
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> isStrict(token) ? verifier.decode(token) : Mono.error(malformed()));
    }

    private boolean isStrict(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return false;
        }
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || !isCanonical(parts[2])) {
            return false;
        }
        return object(parts[0]) && object(parts[1]) && isProper(parsed(parts[1]));
    }

    private boolean object(String part) {
        return isCanonical(part) && parsed(part) instanceof ObjectNode;
    }

    private static boolean isProper(@Nullable JsonNode claims) {
        return claims != null
                && claims.path("exp").isIntegralNumber()
                && claims.path("sub").isString();
    }

    private @Nullable JsonNode parsed(String part) {
        try {
            return json.readTree(
                    new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (JacksonException malformed) {
            return null;
        }
    }

    private static boolean isCanonical(String part) {
        try {
            var bytes = Base64.getUrlDecoder().decode(part);
            return bytes.length > 0
                    && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static BadJwtException malformed() {
        return new BadJwtException("malformed token");
    }
}
