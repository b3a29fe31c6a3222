package dev.orrery.ingest.memories;

import java.time.Instant;
import java.util.UUID;

/**
 * Something to be remembered about a user.
 *
 * @param text 1 to 500 code points
 * @param origin user, or conversation
 */
record Memory(UUID id, String text, String origin, Instant createdAt) {

    /** Without the text, which is personal data. */
    @Override
    public String toString() {
        return "Memory[id=" + id + "]";
    }
}
