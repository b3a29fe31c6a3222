package dev.orrery.enrichment.ephemeris;

import java.util.List;
import java.util.Locale;

/** The golden files beside this class; {@code src/test/golden} says how they were made. */
final class Golden {

    static final double ARC_SECONDS_A_DEGREE = 3600;

    /** One line of a file. */
    record Row(List<String> columns) {

        double number(int column) {
            return Double.parseDouble(columns.get(column));
        }

        CelestialBody body() {
            return CelestialBody.valueOf(columns.get(1).toUpperCase(Locale.ROOT));
        }

        Moment terrestrial() {
            return Moment.ofTerrestrial(number(0));
        }
    }

    private Golden() {}

    static List<Row> rows(String file) {
        return Resource.lines(file).stream()
                .map(line -> new Row(List.of(line.split(","))))
                .toList();
    }

    /** Arc seconds between two longitudes in degrees, never negative. */
    static double apart(double one, double other) {
        return Math.abs(Angles.difference(one - other)) * ARC_SECONDS_A_DEGREE;
    }
}
