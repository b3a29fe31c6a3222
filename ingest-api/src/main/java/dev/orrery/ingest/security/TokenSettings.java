package dev.orrery.ingest.security;

import dev.orrery.pipeline.http.SharedSecret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are verified: with a shared secret, or with the keys of an issuer. Exactly one of the
 * two is given.
 *
 * @param secret HS256 key, at least 32 bytes of UTF-8; from ORRERY_JWT_SECRET
 * @param jwksUrl where the issuer's public keys are; from ORRERY_JWKS_URL
 * @param audience what {@code aud} has to contain; null asks for nothing
 * @param longestLife how far ahead {@code exp} may lie, above 0; a token that was lost is of use to
 *     its finder for no longer than this
 */
@ConfigurationProperties("orrery.tokens")
record TokenSettings(
        @Nullable String secret,
        @Nullable URI jwksUrl,
        @Nullable String audience,
        @DefaultValue("31d") Duration longestLife) {

    TokenSettings {
        secret = secret == null || secret.isBlank() ? null : secret;
        jwksUrl = jwksUrl == null || jwksUrl.toString().isBlank() ? null : jwksUrl;
        audience = audience == null || audience.isBlank() ? null : audience;
        if (!longestLife.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.tokens.longest-life: " + longestLife + " (expected: above 0)");
        }
        if ((secret == null) == (jwksUrl == null)) {
            throw new IllegalArgumentException(
                    "orrery.tokens: "
                            + (secret == null ? "neither" : "both")
                            + " (expected: either ORRERY_JWT_SECRET or ORRERY_JWKS_URL)");
        }
        if (secret != null) {
            SharedSecret.requireStrong("ORRERY_JWT_SECRET", secret);
        }
    }

    /** Without the secret, which must not reach a log. */
    @Override
    public String toString() {
        return "TokenSettings[jwksUrl="
                + jwksUrl
                + ", audience="
                + audience
                + ", longestLife="
                + longestLife
                + "]";
    }
}
