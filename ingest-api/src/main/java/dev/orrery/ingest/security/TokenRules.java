package dev.orrery.ingest.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token has to say beyond a good signature: that it ends, that it has begun, whose it is,
 * and for whom.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    /** How far the clocks of an issuer and this server may be apart. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final int LONGEST_SUBJECT = 255;

    private final Clock clock;
    private final @Nullable String audience;

    TokenRules(Clock clock, @Nullable String audience) {
        this.clock = clock;
        this.audience = audience;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var now = clock.instant();
        if (hasEnded(token.getExpiresAt(), now)) {
            return refused("expired, or without an end");
        }
        if (token.getNotBefore() instanceof Instant notBefore
                && now.plus(LEEWAY).isBefore(notBefore)) {
            return refused("not valid yet");
        }
        if (!isUser(token.getClaims().get("sub"))) {
            return refused("without a usable subject");
        }
        if (audience != null
                && (token.getAudience() == null || !token.getAudience().contains(audience))) {
            return refused("for another audience");
        }
        return OAuth2TokenValidatorResult.success();
    }

    private static boolean hasEnded(@Nullable Instant expiresAt, Instant now) {
        return expiresAt == null || !now.minus(LEEWAY).isBefore(expiresAt);
    }

    private static boolean isUser(@Nullable Object subject) {
        return subject instanceof String user
                && !user.isBlank()
                && user.length() <= LONGEST_SUBJECT
                && user.codePoints()
                        .noneMatch(each -> Character.isISOControl(each) || isHalfOfAPair(each));
    }

    private static boolean isHalfOfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static OAuth2TokenValidatorResult refused(String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", why, null));
    }
}
