package dev.orrery.simulator.weather;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Weather that is made up, and believable: warm at the equator, in summer and after noon, with a
 * sky and a wind that change by the day.
 *
 * @param code of the sky, WMO
 */
record Climate(double celsius, double kilometresAnHour, int code) {

    private static final List<Integer> CODES = List.of(0, 0, 1, 2, 2, 3, 45, 51, 61, 63, 80, 95);

    private static final List<Integer> COLD_CODES = List.of(0, 1, 2, 3, 71, 73, 85);

    private static final double AT_THE_EQUATOR = 29;
    private static final double COLDER_A_DEGREE = 0.4;
    private static final double LARGEST_SEASON = 14;
    private static final double HALF_A_DAY_AND_NIGHT = 5;
    private static final int HOTTEST_DAY = 200;
    private static final double HOTTEST_HOUR = 15;
    private static final double STRONGEST_WIND = 35;

    static Climate at(double latitude, double longitude, Instant time) {
        double dayOfYear = time.atOffset(ZoneOffset.UTC).getDayOfYear();
        double hour = time.getEpochSecond() % 86_400 / 3_600.0 + longitude / 15;
        double season =
                LARGEST_SEASON
                        * Math.sin(Math.toRadians(latitude))
                        * Math.cos(2 * Math.PI * (dayOfYear - HOTTEST_DAY) / 365.25);
        double ofTheDay = HALF_A_DAY_AND_NIGHT * Math.cos(2 * Math.PI * (hour - HOTTEST_HOUR) / 24);
        double celsius = AT_THE_EQUATOR - COLDER_A_DEGREE * Math.abs(latitude) + season + ofTheDay;
        SplittableRandom ofThePlace =
                new SplittableRandom(
                        Math.round(latitude * 10) * 31
                                + Math.round(longitude * 10)
                                + time.getEpochSecond() / 86_400 * 1_000_003);
        List<Integer> skies = celsius < 0 ? COLD_CODES : CODES;
        return new Climate(
                celsius,
                ofThePlace.nextDouble(STRONGEST_WIND),
                skies.get(ofThePlace.nextInt(skies.size())));
    }
}
