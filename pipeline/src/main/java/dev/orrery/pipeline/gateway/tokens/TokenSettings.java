package dev.orrery.pipeline.gateway.tokens;

import dev.orrery.pipeline.http.SharedSecret;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How service tokens are verified.
 *
 * @param key HS256 key, at least 32 bytes of UTF-8; from ORRERY_GATEWAY_KEY
 * @param previousKey accepted beside the key while callers change over; blank accepts none
 * @param services who may call; empty lets in every service that has the key
 * @param audience what {@code aud} has to contain; blank asks for nothing
 * @param bodyHash whether a token has to say, in {@code bsh}, for which body it was made; one that
 *     says so is for that body alone in any case
 */
public record TokenSettings(
        @DefaultValue("") String key,
        @DefaultValue("") String previousKey,
        @DefaultValue Set<String> services,
        @DefaultValue("") String audience,
        @DefaultValue("optional") BodyHash bodyHash) {

    /** Whether a token is for one body. */
    public enum BodyHash {
        OPTIONAL,
        REQUIRED
    }

    public TokenSettings {
        services = Set.copyOf(services);
        SharedSecret.requireStrong("ORRERY_GATEWAY_KEY", key);
        if (!previousKey.isBlank()) {
            SharedSecret.requireStrong("ORRERY_GATEWAY_PREVIOUS_KEY", previousKey);
        }
    }

    /** Without the keys, which must not reach a log. */
    @Override
    public String toString() {
        return "TokenSettings[services=" + services + ", audience=" + audience + "]";
    }
}
