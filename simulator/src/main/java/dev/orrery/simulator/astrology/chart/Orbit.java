package dev.orrery.simulator.astrology.chart;

import static dev.orrery.simulator.astrology.chart.Angles.cos;
import static dev.orrery.simulator.astrology.chart.Angles.sin;
import static dev.orrery.simulator.astrology.chart.Angles.turned;

/**
 * An ellipse that changes slowly: mean elements and their change a century, for the ecliptic and
 * equinox of J2000.
 *
 * <p>Source: E. M. Standish, "Keplerian Elements for Approximate Positions of the Major Planets",
 * JPL, table 1, fitted to 1800 to 2050. Its stated errors are below 20″ for Mercury, Venus and the
 * Earth, and 40″ for Mars.
 *
 * @param axis semi-major axis, au
 * @param eccentricity without unit
 * @param inclination degrees
 * @param longitude mean longitude, degrees
 * @param perihelion longitude of perihelion, degrees
 * @param node longitude of the ascending node, degrees
 */
record Orbit(
        Element axis,
        Element eccentricity,
        Element inclination,
        Element longitude,
        Element perihelion,
        Element node)
        implements Path {

    static final Orbit MERCURY =
            new Orbit(
                    new Element(0.38709927, 0.00000037),
                    new Element(0.20563593, 0.00001906),
                    new Element(7.00497902, -0.00594749),
                    new Element(252.25032350, 149472.67411175),
                    new Element(77.45779628, 0.16047689),
                    new Element(48.33076593, -0.12534081));

    static final Orbit VENUS =
            new Orbit(
                    new Element(0.72333566, 0.00000390),
                    new Element(0.00677672, -0.00004107),
                    new Element(3.39467605, -0.00078890),
                    new Element(181.97909950, 58517.81538729),
                    new Element(131.60246718, 0.00268329),
                    new Element(76.67984255, -0.27769418));

    /** Of the common centre of Earth and Moon, from which the Earth is never more than 7″ away. */
    static final Orbit EARTH =
            new Orbit(
                    new Element(1.00000261, 0.00000562),
                    new Element(0.01671123, -0.00004392),
                    new Element(-0.00001531, -0.01294668),
                    new Element(100.46457166, 35999.37244981),
                    new Element(102.93768193, 0.32327364),
                    new Element(0.0, 0.0));

    static final Orbit MARS =
            new Orbit(
                    new Element(1.52371034, 0.00001847),
                    new Element(0.09339410, 0.00007882),
                    new Element(1.84969142, -0.00813131),
                    new Element(-4.55343205, 19140.30268499),
                    new Element(-23.94362959, 0.44441088),
                    new Element(49.55953891, -0.29257343));

    /** Kepler's equation is solved to far below the error of the elements. */
    private static final double SOLVED = 1e-9;

    private static final int MAX_STEPS = 30;

    /** A mean element at J2000 and its change a Julian century. */
    record Element(double atJ2000, double perCentury) {
        double at(double centuries) {
            return atJ2000 + perCentury * centuries;
        }

        Element plus(Element other) {
            return new Element(atJ2000 + other.atJ2000, perCentury + other.perCentury);
        }
    }

    @Override
    public Place at(double centuries) {
        double e = eccentricity.at(centuries);
        double anomaly =
                eccentricAnomaly(turned(longitude.at(centuries) - perihelion.at(centuries)), e);
        double a = axis.at(centuries);
        double x = a * (cos(anomaly) - e);
        double y = a * Math.sqrt(1 - e * e) * sin(anomaly);
        double w = perihelion.at(centuries) - node.at(centuries);
        double alongNode = x * cos(w) - y * sin(w);
        double across = x * sin(w) + y * cos(w);
        double i = inclination.at(centuries);
        double n = node.at(centuries);
        return new Place(
                alongNode * cos(n) - across * cos(i) * sin(n),
                alongNode * sin(n) + across * cos(i) * cos(n),
                across * sin(i));
    }

    /** Solves Kepler's equation by Newton's method; all angles in degrees. */
    private static double eccentricAnomaly(double mean, double e) {
        double inDegrees = Math.toDegrees(e);
        double anomaly = mean + inDegrees * sin(mean);
        for (int step = 0; step < MAX_STEPS; step++) {
            double miss = anomaly - inDegrees * sin(anomaly) - mean;
            anomaly -= miss / (1 - e * cos(anomaly));
            if (Math.abs(miss) < SOLVED) {
                break;
            }
        }
        return anomaly;
    }
}
