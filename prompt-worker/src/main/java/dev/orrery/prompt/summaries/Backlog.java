package dev.orrery.prompt.summaries;

import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns that are to be summed up.
 *
 * @param previous what was noted of the turns before them; null when they are the first ones
 * @param turns oldest first, at least one
 * @param through sequence of the last one
 */
record Backlog(UUID session, @Nullable Summary previous, List<Exchange> turns, int through) {

    Backlog {
        turns = List.copyOf(turns);
    }

    /** Counted from 1. */
    int nextVersion() {
        return previous == null ? 1 : previous.version() + 1;
    }

    /** How far, and of what: the rest is what people wrote. */
    @Override
    public String toString() {
        return "Backlog[session=" + session + ", through=" + through + "]";
    }
}
