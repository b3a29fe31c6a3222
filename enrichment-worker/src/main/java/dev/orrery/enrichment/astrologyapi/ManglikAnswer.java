package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Manglik;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /manglik}: whether Mars burdens a marriage, and by which of its houses. The service also
 * tells of aspects, of cancellations and of percentages, in which schools differ; those are left
 * empty, or out.
 */
final class ManglikAnswer {

    private ManglikAnswer() {}

    static ObjectNode of(Chart chart) {
        var manglik = chart.manglik();
        var answer =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("is_present", manglik.status() == Manglik.Status.PRESENT)
                        .put("manglik_status", manglik.status().name())
                        .put("manglik_report", report(manglik.status()));
        var rule = answer.putObject("manglik_present_rule");
        rule.putArray("based_on_aspect");
        var houses = rule.putArray("based_on_house");
        var mars = chart.of(Graha.MARS).point().sign();
        if (manglik.fromAscendant()) {
            houses.add(counted(mars.houseFrom(chart.ascendant().sign()), "the ascendant"));
        }
        if (manglik.fromMoon()) {
            houses.add(counted(mars.houseFrom(chart.of(Graha.MOON).point().sign()), "the Moon"));
        }
        if (manglik.fromVenus()) {
            houses.add(counted(mars.houseFrom(chart.of(Graha.VENUS).point().sign()), "Venus"));
        }
        answer.putArray("manglik_cancel_rule");
        return answer.put("is_mars_manglik_cancelled", false);
    }

    private static String counted(int house, String from) {
        return "Mars is in house %d, counted from %s".formatted(house, from);
    }

    private static String report(Manglik.Status status) {
        return switch (status) {
            case PRESENT -> "The person is Manglik.";
            case PARTIAL -> "The person is Manglik only as counted from the Moon or Venus.";
            case ABSENT -> "The person is not Manglik.";
        };
    }
}
