package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.util.EnumSet;
import tools.jackson.databind.JsonNode;

/**
 * The first step: whether everything is there that a chart needs, and is of its kind. What the
 * values mean is the next step's matter.
 */
final class ChartShape {

    private ChartShape() {}

    /**
     * @throws SourceFailure.InvalidAnswer naming the first field that is missing or of a wrong kind
     */
    static void require(JsonNode answer, int dashaLevels) {
        var chart = root(answer);
        ascendant(chart).text();
        requirePlanets(chart.at("planet_chart_data"));
        requireDashas(chart.at("current_vdasha").object(), dashaLevels);
    }

    static Field root(JsonNode answer) {
        return Field.root(answer, "Invalid astrology API response");
    }

    /** The service spells it both ways. */
    static Field ascendant(Field chart) {
        var capital = chart.at("Ascendant");
        return capital.isPresent() ? capital : chart.at("ascendant");
    }

    private static void requirePlanets(Field planets) {
        var missing = EnumSet.allOf(Graha.class);
        for (var planet : planets.elements()) {
            var graha = Graha.ofId(planet.object().at("id").wholeNumber(0, Integer.MAX_VALUE));
            if (graha.isEmpty()) {
                continue; // the ascendant, or a body that we do not show
            }
            if (!missing.remove(graha.get())) {
                throw planet.at("id").invalid("each body once");
            }
            planet.at("fullDegree").number();
            planet.at("house").number();
            planet.at("isRetro").flag();
        }
        if (!missing.isEmpty()) {
            throw planets.invalid("all nine bodies");
        }
    }

    private static void requireDashas(Field dashas, int levels) {
        for (int i = 0; i < levels; i++) {
            var period = dashas.at(DashaLevel.values()[i].key()).object();
            period.at("start").text();
            period.at("end").text();
        }
    }
}
