package dev.orrery.enrichment.birthchart;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chart as compact JSON; the keys stand in a fixed order. Of the periods, those that run; the
 * summary says which are over.
 */
final class JsonChart {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonChart() {}

    static String of(EnrichedChart enriched) {
        var chart = enriched.chart();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("ascendant", Title.of(chart.ascendant()));
        var planets = json.putArray("planets");
        chart.positions().forEach(position -> planets.add(planet(position)));
        var dashas = json.putObject("dashas");
        for (int i = 0; i < chart.dashas().size(); i++) {
            var period = chart.dashas().get(i);
            if (enriched.isRunning(period)) {
                dashas.set(DashaLevel.values()[i].key(), period(period));
            }
        }
        json.put("summary", enriched.summary());
        return JSON.writeValueAsString(json);
    }

    private static ObjectNode planet(Position position) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", Title.of(position.graha()))
                .put("sign", Title.of(position.sign()))
                .put("degree", position.degreeInSign())
                .put("house", position.house())
                .put("nakshatra", Title.of(position.nakshatra()))
                .put("pada", position.pada())
                .put("retrograde", position.retrograde());
    }

    private static ObjectNode period(Period period) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("planet", Title.of(period.ruler()))
                .put("start", period.start().toString())
                .put("end", period.end().toString());
    }
}
