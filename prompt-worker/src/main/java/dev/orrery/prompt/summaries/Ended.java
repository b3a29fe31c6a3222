package dev.orrery.prompt.summaries;

import java.util.UUID;

/**
 * A completed turn.
 *
 * @param sequence its position in the session, counted from 1
 */
record Ended(UUID session, int sequence, String user, UUID revision) {}
