package dev.orrery.ingest.security;

import dev.orrery.ingest.accounts.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token has to say beyond a good signature: that it ends, and soon enough, that it has
 * begun, whose it is, for whom, and what for.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    /** How far the clocks of an issuer and this server may be apart. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final Clock clock;
    private final @Nullable String audience;
    private final Duration longestLife;

    TokenRules(Clock clock, TokenSettings settings) {
        this.clock = clock;
        this.audience = settings.audience();
        this.longestLife = settings.longestLife();
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var now = clock.instant();
        if (!endsInTime(token.getExpiresAt(), now)) {
            return refused("expired, without an end, or with one too far ahead");
        }
        if (token.getNotBefore() instanceof Instant notBefore
                && now.plus(LEEWAY).isBefore(notBefore)) {
            return refused("not valid yet");
        }
        if (!UserId.isOne(token.getClaims().get("sub"))) {
            return refused("without a usable subject");
        }
        if (audience != null
                && (token.getAudience() == null || !token.getAudience().contains(audience))) {
            return refused("for another audience");
        }
        if (!isScope(token.getClaims().get("scope")) || !isScope(token.getClaims().get("scp"))) {
            return refused("with a scope that is no text");
        }
        return OAuth2TokenValidatorResult.success();
    }

    private boolean endsInTime(@Nullable Instant expiresAt, Instant now) {
        return expiresAt != null
                && expiresAt.isAfter(now.minus(LEEWAY))
                && !expiresAt.isAfter(now.plus(longestLife).plus(LEEWAY));
    }

    private static boolean isScope(@Nullable Object scope) {
        return switch (scope) {
            case null -> true;
            case String ignored -> true;
            case Collection<?> scopes -> scopes.stream().allMatch(String.class::isInstance);
            default -> false;
        };
    }

    private static OAuth2TokenValidatorResult refused(String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", why, null));
    }
}
