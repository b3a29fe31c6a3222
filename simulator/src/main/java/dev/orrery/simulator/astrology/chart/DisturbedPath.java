package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.sin;

import dev.orrery.simulator.astrology.chart.Orbit.Element;
import java.util.List;

/**
 * Jupiter and Saturn: ellipses on which each is pulled back and forth by the other, by up to a
 * degree.
 *
 * <p>Source: P. Schlyter, "Computing planetary positions", with elements from 2000 January 0.0 and
 * for the equinox of date. Here they begin at J2000, and precession is taken off the node.
 *
 * @param pulls their sum moves the planet along the ecliptic
 */
record DisturbedPath(Orbit orbit, List<Pull> pulls) implements Path {

    private static final double DAYS_A_CENTURY = 36_525;

    private static final double DAYS_UNTIL_J2000 = 1.5;

    private static final Element BACK_TO_J2000 = new Element(0, -5028.796195 / 3600);

    /** Mean anomalies. */
    private static final Element OF_JUPITER = daily(19.8950, 0.0830853001);

    private static final Element OF_SATURN = daily(316.9670, 0.0334442282);

    static final DisturbedPath JUPITER =
            new DisturbedPath(
                    orbit(
                            new Element(5.20256, 0),
                            daily(0.048498, 4.469e-9),
                            daily(1.3030, -1.557e-7),
                            daily(100.4542, 2.76854e-5),
                            daily(273.8777, 1.64505e-5),
                            OF_JUPITER),
                    List.of(
                            new Pull(-0.332, 2, -5, -67.6),
                            new Pull(-0.056, 2, -2, 21),
                            new Pull(0.042, 3, -5, 21),
                            new Pull(-0.036, 1, -2, 0),
                            new Pull(0.022, 1, -1, 90),
                            new Pull(0.023, 2, -3, 52),
                            new Pull(-0.016, 1, -5, -69)));

    static final DisturbedPath SATURN =
            new DisturbedPath(
                    orbit(
                            new Element(9.55475, 0),
                            daily(0.055546, -9.499e-9),
                            daily(2.4886, -1.081e-7),
                            daily(113.6634, 2.38980e-5),
                            daily(339.3939, 2.97661e-5),
                            OF_SATURN),
                    List.of(
                            new Pull(0.812, 2, -5, -67.6),
                            new Pull(-0.229, 2, -4, 88),
                            new Pull(0.119, 1, -2, -3),
                            new Pull(0.046, 2, -6, -69),
                            new Pull(0.014, 1, -3, 32)));

    /**
     * A term of the disturbance: the sine of multiples of both mean anomalies and a phase.
     *
     * @param degrees amplitude
     */
    record Pull(double degrees, int jupiter, int saturn, double phase) {
        double at(double centuries) {
            return degrees
                    * sin(
                            jupiter * OF_JUPITER.at(centuries)
                                    + saturn * OF_SATURN.at(centuries)
                                    + phase);
        }
    }

    @Override
    public Place at(double centuries) {
        double pulled = pulls.stream().mapToDouble(pull -> pull.at(centuries)).sum();
        return orbit.at(centuries).further(pulled);
    }

    private static Orbit orbit(
            Element axis,
            Element eccentricity,
            Element inclination,
            Element nodeOfDate,
            Element perihelionFromNode,
            Element anomaly) {
        Element node = nodeOfDate.plus(BACK_TO_J2000);
        Element perihelion = node.plus(perihelionFromNode);
        return new Orbit(
                axis, eccentricity, inclination, perihelion.plus(anomaly), perihelion, node);
    }

    private static Element daily(double atEpoch, double aDay) {
        return new Element(atEpoch + aDay * DAYS_UNTIL_J2000, aDay * DAYS_A_CENTURY);
    }
}
