package dev.orrery.pipeline.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Secrets that tokens are signed with, HS256. */
public final class SharedSecret {

    private static final int LEAST_BYTES = 32; // RFC 7518 section 3.2
    private static final int LEAST_DIFFERENT_CHARACTERS = 8;
    private static final Set<String> PLACEHOLDERS =
            Set.of("changeme", "secret", "dummy", "placeholder", "example");

    private SharedSecret() {}

    /**
     * Refuses what is too short, and what stands in examples.
     *
     * @param name of the setting; the secret itself is not repeated
     * @throws IllegalArgumentException says what was expected
     */
    public static void requireStrong(String name, String secret) {
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    name + ": " + bytes + " bytes (expected: at least " + LEAST_BYTES + ")");
        }
        if (isPlaceholder(secret)) {
            throw new IllegalArgumentException(
                    name + ": a placeholder (expected: a random secret)");
        }
    }

    private static boolean isPlaceholder(String secret) {
        var lower = secret.toLowerCase(Locale.ROOT);
        return secret.chars().distinct().count() < LEAST_DIFFERENT_CHARACTERS
                || PLACEHOLDERS.stream().anyMatch(lower::startsWith);
    }
}
