package dev.orrery.ingest.places;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Which offset from UTC a civil time had. When clocks are changed, some times come twice and some
 * never: that is asked back and not guessed.
 */
public sealed interface CivilTime {

    /** The usual case. */
    record Once(ZoneOffset offset) implements CivilTime {}

    /**
     * The clock was put back over this time.
     *
     * @param earlier offset when it came first
     * @param later offset when it came again
     */
    record Twice(ZoneOffset earlier, ZoneOffset later) implements CivilTime {}

    /**
     * The clock was put forward over this time.
     *
     * @param until the first local time that existed again
     */
    record Never(LocalDateTime until) implements CivilTime {}

    static CivilTime of(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return switch (offsets.size()) {
            case 1 -> new Once(offsets.getFirst());
            case 2 -> new Twice(offsets.getFirst(), offsets.getLast());
            default -> {
                ZoneOffsetTransition gap = zone.getRules().getTransition(local);
                yield new Never(gap.getDateTimeAfter());
            }
        };
    }
}
