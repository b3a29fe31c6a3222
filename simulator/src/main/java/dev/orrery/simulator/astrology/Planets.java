package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Body;
import dev.orrery.simulator.astrology.chart.Chart;
import dev.orrery.simulator.astrology.chart.Point;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /planets}: nine grahas and the ascendant. {@code isRetro} is a text for the grahas and a
 * boolean for the ascendant.
 */
final class Planets {

    private static final int ASCENDANT_ID = 9;

    private static final List<String> STATES = List.of("Bala", "Kumara", "Yuva", "Vriddha", "Mrit");

    private static final int DEGREES_A_STATE = 6;

    private Planets() {}

    static JsonNode of(Chart chart, Language language) {
        ArrayNode planets = JsonMapper.shared().createArrayNode();
        for (Body body : Body.values()) {
            Point point = chart.of(body);
            ObjectNode planet = planets.addObject();
            planet.put("id", body.ordinal()).put("name", language.of(body));
            place(planet, point, language);
            planet.put("house", chart.house(body))
                    .put("is_planet_set", isCombust(body, chart))
                    .put("planet_awastha", state(point));
            planet.put("speed", point.speed())
                    .put("isRetro", Boolean.toString(point.isRetrograde()));
        }
        ObjectNode ascendant = planets.addObject();
        ascendant.put("id", ASCENDANT_ID).put("name", language.ascendant());
        place(ascendant, chart.ascendant(), language);
        ascendant
                .put("house", 1)
                .put("is_planet_set", false)
                .put("planet_awastha", "--")
                .put("speed", 0)
                .put("isRetro", false);
        return planets;
    }

    private static void place(ObjectNode planet, Point point, Language language) {
        planet.put("fullDegree", point.longitude())
                .put("normDegree", point.inSign())
                .put("sign", language.of(point.sign()))
                .put("signLord", language.of(point.sign().lord()))
                .put("nakshatra", language.of(point.nakshatra()))
                .put("nakshatraLord", language.of(point.nakshatra().lord()))
                .put("nakshatra_pad", point.pada());
    }

    /** Six degrees each, backwards in even signs. */
    private static String state(Point point) {
        int step = (int) (point.inSign() / DEGREES_A_STATE);
        return STATES.get(point.sign().isOdd() ? step : STATES.size() - 1 - step);
    }

    /** Lost in the Sun's light. Texts differ in the limits; these fit the samples seen. */
    private static boolean isCombust(Body body, Chart chart) {
        boolean backwards = chart.of(body).isRetrograde();
        double limit =
                switch (body) {
                    case MOON -> 12;
                    case MARS -> 17;
                    case MERCURY -> backwards ? 12 : 14;
                    case JUPITER -> 11;
                    case VENUS -> backwards ? 8 : 10;
                    case SATURN -> 15;
                    case SUN, RAHU, KETU -> -1;
                };
        return chart.distanceFromSun(body) <= limit;
    }
}
