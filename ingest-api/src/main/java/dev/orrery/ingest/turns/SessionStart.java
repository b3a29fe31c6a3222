package dev.orrery.ingest.turns;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a session began.
 *
 * @param greeting what the bot said first; null when it waited to be asked
 */
public record SessionStart(UUID session, @Nullable String greeting, Instant begun) {}
