package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.GrahaPlace;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.chart.ZodiacPoint;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /planets}: the nine grahas and the ascendant. Whether a graha is retrograde is a text, for
 * the ascendant it is a boolean.
 */
final class PlanetsAnswer {

    private static final int ASCENDANT_ID = 9;

    private PlanetsAnswer() {}

    static ArrayNode of(Chart chart) {
        ArrayNode planets = JsonNodeFactory.instance.arrayNode();
        chart.places().values().forEach(place -> planets.add(graha(place)));
        return planets.add(ascendant(chart.ascendant()));
    }

    private static ObjectNode graha(GrahaPlace place) {
        ObjectNode planet = begun(place.graha().ordinal(), Names.of(place.graha()), place.point());
        planet.put("speed", place.speed()).put("isRetro", Boolean.toString(place.retrograde()));
        return placed(planet, place.point(), place.house())
                .put("is_planet_set", place.combust())
                .put("planet_awastha", Names.of(place.awastha()));
    }

    private static ObjectNode ascendant(ZodiacPoint point) {
        ObjectNode planet = begun(ASCENDANT_ID, Names.ASCENDANT, point);
        planet.put("speed", 0).put("isRetro", false);
        return placed(planet, point, 1).put("is_planet_set", false).put("planet_awastha", "--");
    }

    private static ObjectNode begun(int id, String name, ZodiacPoint point) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("fullDegree", point.longitude())
                .put("normDegree", point.degreesInSign());
    }

    private static ObjectNode placed(ObjectNode planet, ZodiacPoint point, int house) {
        Sign sign = point.sign();
        Graha nakshatraLord = point.nakshatra().lord();
        return planet.put("sign", Names.of(sign))
                .put("signLord", Names.of(sign.lord()))
                .put("nakshatra", Names.of(point.nakshatra()))
                .put("nakshatraLord", Names.of(nakshatraLord))
                .put("nakshatra_pad", point.pada())
                .put("house", house);
    }
}
