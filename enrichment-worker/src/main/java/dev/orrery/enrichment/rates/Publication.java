package dev.orrery.enrichment.rates;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When reference rates appear: on working days about 16:00 in Frankfurt, by the timetable of the
 * European Central Bank. Its holidays are not known here; then the rates before them are fetched
 * once more.
 */
final class Publication {

    private static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");

    /** A quarter of an hour later they are there. */
    private static final LocalTime THERE = LocalTime.of(16, 15);

    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /** Other banks have other timetables. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private Publication() {}

    /** Until when rates are fresh that are the newest now. */
    static Instant after(Instant now) {
        var next = now.atZone(FRANKFURT).with(THERE);
        while (!next.toInstant().isAfter(now) || isWeekend(next)) {
            next = next.plusDays(1);
        }
        var latest = now.plus(LONGEST);
        return next.toInstant().isBefore(latest) ? next.toInstant() : latest;
    }

    private static boolean isWeekend(ZonedDateTime day) {
        return WEEKEND.contains(day.getDayOfWeek());
    }
}
