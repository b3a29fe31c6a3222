package dev.orrery.simulator.astrology.chart;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Where and when somebody was born. Private: never logged.
 *
 * @param local civil time at the place, to the minute
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param zone hours that local time is ahead of Universal Time, in quarters
 */
public record Birth(LocalDateTime local, double latitude, double longitude, double zone) {

    private static final double MINUTES_AN_HOUR = 60;

    public Moment moment() {
        int minutes = (int) Math.round(zone * MINUTES_AN_HOUR);
        return Moment.of(local.toInstant(ZoneOffset.ofTotalSeconds(minutes * 60)));
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "Birth[…]";
    }
}
