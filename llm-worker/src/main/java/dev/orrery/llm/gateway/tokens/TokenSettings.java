package dev.orrery.llm.gateway.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How service tokens are verified.
 *
 * @param key HS256 key, at least 32 bytes of UTF-8; from ORRERY_GATEWAY_KEY
 * @param previousKey accepted beside the key while callers change over; blank accepts none
 * @param services who may call; empty lets in every service that has the key
 * @param audience what {@code aud} has to contain; blank asks for nothing
 */
public record TokenSettings(
        @DefaultValue("") String key,
        @DefaultValue("") String previousKey,
        @DefaultValue Set<String> services,
        @DefaultValue("") String audience) {

    private static final int LEAST_KEY_BYTES = 32; // RFC 7518 section 3.2
    private static final int LEAST_DIFFERENT_CHARACTERS = 8;
    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "secret", "dummy", "placeholder", "example");

    public TokenSettings {
        services = Set.copyOf(services);
        requireStrong("ORRERY_GATEWAY_KEY (orrery.gateway.tokens.key)", key);
        if (!previousKey.isBlank()) {
            requireStrong(
                    "ORRERY_GATEWAY_PREVIOUS_KEY (orrery.gateway.tokens.previous-key)",
                    previousKey);
        }
    }

    private static void requireStrong(String name, String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    name + ": " + bytes + " bytes (expected: at least " + LEAST_KEY_BYTES + ")");
        }
        if (isPlaceholder(key)) {
            throw new IllegalArgumentException(
                    name + ": a placeholder (expected: a random secret)");
        }
    }

    private static boolean isPlaceholder(String key) {
        var lower = key.toLowerCase(Locale.ROOT);
        return key.chars().distinct().count() < LEAST_DIFFERENT_CHARACTERS
                || PLACEHOLDERS.stream().anyMatch(lower::startsWith);
    }

    /** Without the keys, which must not reach a log. */
    @Override
    public String toString() {
        return "TokenSettings[services=" + services + ", audience=" + audience + "]";
    }
}
