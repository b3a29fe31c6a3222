package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Division;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.House;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /horo_chart/…}: twelve houses from the ascendant with who stands in them; names of grahas
 * in upper case, and cut to two letters and a blank.
 */
final class HoroChartAnswer {

    private static final int SHORT = 2;

    private HoroChartAnswer() {}

    static ArrayNode of(Chart chart, Division division) {
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        chart.houses(division).forEach(house -> answer.add(house(house)));
        return answer;
    }

    private static ObjectNode house(House house) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("sign", house.sign().ordinal() + 1).put("sign_name", Names.of(house.sign()));
        ArrayNode names = answer.putArray("planet");
        ArrayNode shortNames = answer.putArray("planet_small");
        ArrayNode degrees = answer.putArray("planet_degree");
        for (Graha graha : house.grahas()) {
            names.add(Names.of(graha).toUpperCase(Locale.ROOT));
            shortNames.add(Names.of(graha).substring(0, SHORT) + " ");
            degrees.add("");
        }
        return answer;
    }
}
