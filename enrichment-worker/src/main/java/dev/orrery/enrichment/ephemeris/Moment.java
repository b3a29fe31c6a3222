package dev.orrery.enrichment.ephemeris;

import java.time.Instant;

/**
 * A moment in both scales that astronomy needs. Days are counted from J2000.0, Julian day
 * 2451545.0, which leaves a double with a resolution of a microsecond over the years 1800 to 2200.
 *
 * @param universalDays days of UT1, which the turning Earth shows; civil UTC is taken for it, from
 *     which it never differs by more than 0.9 seconds
 * @param terrestrialDays days of TT, in which the planets move; dynamical time TDB, the argument of
 *     the theories, is within 0.002 seconds of it
 */
public record Moment(double universalDays, double terrestrialDays) {

    private static final double J2000 = 2451545.0;

    private static final long J2000_EPOCH_SECOND = 946_728_000;

    private static final double SECONDS_A_DAY = 86_400;

    private static final double DAYS_A_CENTURY = 36_525;

    private static final double DAYS_A_YEAR = 365.2425;

    public static Moment of(Instant instant) {
        long seconds = instant.getEpochSecond() - J2000_EPOCH_SECOND;
        return ofUniversal((seconds + instant.getNano() / 1e9) / SECONDS_A_DAY);
    }

    /**
     * @param julianDay in TT, as ephemerides are printed
     */
    public static Moment ofTerrestrial(double julianDay) {
        double days = julianDay - J2000;
        return new Moment(days - DeltaT.seconds(year(days)) / SECONDS_A_DAY, days);
    }

    private static Moment ofUniversal(double days) {
        return new Moment(days, days + DeltaT.seconds(year(days)) / SECONDS_A_DAY);
    }

    /** Year with its passed part: 2000.5 is early in July 2000. */
    private static double year(double days) {
        return 2000 + (days + 0.5) / DAYS_A_YEAR;
    }

    /** The moment so many days later; ΔT does not change noticeably within days. */
    Moment plusDays(double days) {
        return new Moment(universalDays + days, terrestrialDays + days);
    }

    /** Julian centuries of TT from J2000.0. */
    public double centuries() {
        return terrestrialDays / DAYS_A_CENTURY;
    }
}
