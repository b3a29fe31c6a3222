package dev.orrery.simulator.astrology.chart;

import java.time.Instant;

/**
 * An instant as astronomy counts it.
 *
 * @param julianDay in Universal Time
 */
public record Moment(double julianDay) {

    private static final double UNIX_EPOCH = 2_440_587.5;

    private static final double J2000 = 2_451_545.0;

    private static final double SECONDS_A_DAY = 86_400;

    private static final double DAYS_A_CENTURY = 36_525;

    /**
     * Terrestrial minus Universal Time in seconds, every ten years from 1800: observed until 2020,
     * and what the polynomials of Espenak and Meeus predict from 2050 on.
     */
    private static final double[] DELTA_T = {
        13.7, 12.5, 12.0, 7.5, 5.7, 7.1, 7.9, 1.6, -5.4, -5.9, // 1800 to 1890
        -2.7, 10.5, 21.2, 24.0, 24.3, 29.1, 33.1, 40.2, 50.5, 56.9, // 1900 to 1990
        63.8, 66.1, 69.4, 71.5, 80.0, 93.0, 113.7, 135.0, 156.9, 179.5, // 2000 to 2090
        202.7, 226.6, 251.1, 276.3, 302.1, 328.5, 349.9, 372.0, 394.7, 418.1, // 2100 to 2190
        442.1
    };

    private static final int FIRST_YEAR = 1800;

    public static Moment of(Instant instant) {
        double seconds = instant.getEpochSecond() + instant.getNano() / 1e9;
        return new Moment(UNIX_EPOCH + seconds / SECONDS_A_DAY);
    }

    public Moment plusDays(double days) {
        return new Moment(julianDay + days);
    }

    /** To the nearest second. */
    public Instant instant() {
        return Instant.ofEpochSecond(Math.round((julianDay - UNIX_EPOCH) * SECONDS_A_DAY));
    }

    /** Julian centuries of Terrestrial Time since 2000, on which all series are built. */
    double centuries() {
        return (julianDay - J2000 + deltaT() / SECONDS_A_DAY) / DAYS_A_CENTURY;
    }

    /** Days of Universal Time since 2000, by which the Earth turns. */
    double daysSince2000() {
        return julianDay - J2000;
    }

    /** Right to a few seconds until today; what is to come is a guess. */
    double deltaT() {
        double decades = (julianDay - J2000) / (DAYS_A_CENTURY / 10) + (2000 - FIRST_YEAR) / 10.0;
        double inTable = Math.clamp(decades, 0, DELTA_T.length - 1);
        int before = Math.min((int) inTable, DELTA_T.length - 2);
        return DELTA_T[before] + (inTable - before) * (DELTA_T[before + 1] - DELTA_T[before]);
    }
}
