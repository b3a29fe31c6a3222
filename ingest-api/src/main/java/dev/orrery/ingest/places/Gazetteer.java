package dev.orrery.ingest.places;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The city table, read when a name is first looked up: an instance that is told coordinates alone
 * never spends the memory. Thread safety: may be asked on any thread that may block; the first
 * question takes about a second, and one for an unknown name tens of milliseconds.
 */
@Component
public final class Gazetteer {

    private @Nullable Places places;

    /** What the table says about a name, see {@link Places#find}. */
    public PlaceAnswer find(String name) {
        return open().find(name);
    }

    private synchronized Places open() {
        var read = places == null ? Places.load() : places;
        places = read;
        return read;
    }
}
