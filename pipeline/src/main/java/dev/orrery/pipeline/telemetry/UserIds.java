package dev.orrery.pipeline.telemetry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** How spans name users. */
public enum UserIds {
    /** As the apps know them. */
    PLAIN,
    /**
     * By a hash: the same user has the same name everywhere, and whoever knows a user's id can find
     * the name of it. That hides users from a reader, not from a search.
     */
    HASHED,
    /** Not at all. */
    NONE;

    private static final int HASH_BYTES = 16;

    /** The name of a user in a span; empty when it is to have none. */
    public Optional<String> nameOf(String user) {
        return switch (this) {
            case PLAIN -> Optional.of(user);
            case HASHED -> Optional.of(hashed(user));
            case NONE -> Optional.empty();
        };
    }

    private static String hashed(String user) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(user.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("BUG: every Java platform has SHA-256", impossible);
        }
    }
}
