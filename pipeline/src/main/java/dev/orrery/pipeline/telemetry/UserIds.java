package dev.orrery.pipeline.telemetry;

import dev.orrery.pipeline.digest.Sha256;
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

    private static final int HASH_DIGITS = 32;

    /** The name of a user in a span; empty when it is to have none. */
    public Optional<String> nameOf(String user) {
        return switch (this) {
            case PLAIN -> Optional.of(user);
            case HASHED -> Optional.of(hashed(user));
            case NONE -> Optional.empty();
        };
    }

    private static String hashed(String user) {
        return Sha256.hex(user).substring(0, HASH_DIGITS);
    }
}
