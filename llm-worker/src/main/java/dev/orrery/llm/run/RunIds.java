package dev.orrery.llm.run;

import dev.orrery.ids.DerivedId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids for runs, never the same twice: derived from an id of this process and a counter. Drawing
 * random ids would read the system's random source, which may block, on threads that must not.
 */
public final class RunIds {

    private final UUID process;
    private final AtomicLong counter = new AtomicLong();

    /**
     * @param process an id that no other process has, also not this one after a restart
     */
    public RunIds(UUID process) {
        this.process = process;
    }

    /** Another id. */
    public UUID next() {
        return DerivedId.of(process, "run/" + counter.incrementAndGet());
    }
}
