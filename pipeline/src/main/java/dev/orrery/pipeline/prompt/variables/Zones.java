package dev.orrery.pipeline.prompt.variables;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Time zones as people name them. */
public final class Zones {

    private Zones() {}

    /** The zone of this IANA name or offset; empty when there is no such zone. */
    public static Optional<ZoneId> named(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
