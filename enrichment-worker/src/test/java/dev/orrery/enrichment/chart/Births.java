package dev.orrery.enrichment.chart;

import dev.orrery.enrichment.chart.BirthMoment.GivenDate;
import dev.orrery.enrichment.chart.BirthMoment.GivenTime;
import dev.orrery.enrichment.ephemeris.Ephemeris;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** Births that tests share, and the calculator for them. */
final class Births {

    static final ChartCalculator CALCULATOR = new ChartCalculator(Ephemeris.load());

    private Births() {}

    static BirthMoment at(int year, int month, int day, int hour, int minute, double offsetHours) {
        return BirthMoment.of(
                new GivenDate(year, month, day),
                new GivenTime(hour, minute),
                offsetHours,
                28.6139,
                77.209);
    }

    /** India's independence: 15 August 1947, midnight, Delhi. */
    static BirthMoment independence() {
        return at(1947, 8, 15, 0, 0, 5.5);
    }

    /** Any moment from 1900 to 2100 anywhere. */
    static BirthMoment any(SplittableRandom random) {
        return new BirthMoment(
                LocalDateTime.of(1900, 1, 1, 0, 0).plusMinutes(random.nextLong(105_192_000)),
                ZoneOffset.ofTotalSeconds(random.nextInt(-48, 57) * 900),
                random.nextDouble(-90, 90),
                random.nextDouble(-180, 180));
    }
}
