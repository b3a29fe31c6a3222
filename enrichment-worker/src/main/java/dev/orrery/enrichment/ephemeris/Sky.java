package dev.orrery.enrichment.ephemeris;

/** The bodies as the Earth sees them at one moment. What they share is computed once. */
final class Sky {

    /** Terms below this matter less than 0.01″ where only the light time is asked, in au. */
    private static final double LIGHT_TIME_TERMS = 1e-5;

    /** The same for the Moon, in km. */
    private static final double LUNAR_LIGHT_TIME_TERMS = 20;

    /** Terms of the Earth below this change the aberration by less than 0.001″. */
    private static final double VELOCITY_TERMS = 1e-6;

    private static final double VELOCITY_STEP_DAYS = 0.25;

    private final Theories theories;

    private final Moment moment;

    private final Vector earth;

    private final Vector earthVelocity;

    Sky(Theories theories, Moment moment) {
        this.theories = theories;
        this.moment = moment;
        double days = moment.terrestrialDays();
        this.earth = theories.earth().at(days);
        this.earthVelocity =
                theories.earth()
                        .roughly(days + VELOCITY_STEP_DAYS, VELOCITY_TERMS)
                        .minus(theories.earth().roughly(days - VELOCITY_STEP_DAYS, VELOCITY_TERMS))
                        .times(1 / (2 * VELOCITY_STEP_DAYS));
    }

    /** Apparent place in au, in the ecliptic and mean equinox of date. */
    Vector of(CelestialBody body) {
        Vector apparent =
                switch (body) {
                    case SUN -> sun();
                    case MOON -> moon();
                    case MERCURY, VENUS, MARS, JUPITER, SATURN -> planet(theories.planet(body));
                };
        return Precession.ofDate(apparent, moment.centuries());
    }

    private Vector sun() {
        return aberrated(earth.times(-1));
    }

    /** The Moon shares the Earth's way about the Sun, so only the light time is seen. */
    private Vector moon() {
        double days = moment.terrestrialDays();
        double distance = theories.moon().roughDistance(days, LUNAR_LIGHT_TIME_TERMS);
        return theories.moon().at(days - distance * Light.DAYS_AN_AU);
    }

    private Vector planet(PlanetaryTheory theory) {
        Vector fromSun = theory.at(moment.terrestrialDays() - lightTime(theory));
        Vector fromEarth = fromSun.minus(earth);
        double distance = fromEarth.length();
        Vector bent = Light.bent(fromEarth.times(1 / distance), fromSun, earth);
        return aberrated(bent.times(distance));
    }

    /** Days that the light is on its way; two steps settle it to a millisecond. */
    private double lightTime(PlanetaryTheory theory) {
        double lightTime = 0;
        for (int step = 0; step < 3; step++) {
            double sentOff = moment.terrestrialDays() - lightTime;
            Vector there = theory.roughly(sentOff, LIGHT_TIME_TERMS);
            lightTime = there.minus(earth).length() * Light.DAYS_AN_AU;
        }
        return lightTime;
    }

    private Vector aberrated(Vector fromEarth) {
        double distance = fromEarth.length();
        return Light.aberrated(fromEarth.times(1 / distance), earthVelocity).times(distance);
    }
}
