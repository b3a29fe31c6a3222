package dev.orrery.enrichment.ephemeris;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The theories of motion, loaded once; immutable. */
record Theories(
        PlanetaryTheory earth, LunarTheory moon, Map<CelestialBody, PlanetaryTheory> planets) {

    static Theories load() {
        Map<CelestialBody, PlanetaryTheory> planets = new EnumMap<>(CelestialBody.class);
        for (CelestialBody body : CelestialBody.values()) {
            if (body != CelestialBody.SUN && body != CelestialBody.MOON) {
                planets.put(body, PlanetaryTheory.load(body.name().toLowerCase(Locale.ROOT)));
            }
        }
        return new Theories(PlanetaryTheory.load("earth"), LunarTheory.load(), planets);
    }

    PlanetaryTheory planet(CelestialBody planet) {
        return Objects.requireNonNull(planets.get(planet), planet::name);
    }
}
