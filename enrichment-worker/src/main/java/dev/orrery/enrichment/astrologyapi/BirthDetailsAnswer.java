package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.BirthMoment;
import dev.orrery.enrichment.chart.Chart;
import java.time.LocalDateTime;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /birth_details}: what was asked, and the ayanamsa. */
final class BirthDetailsAnswer {

    private BirthDetailsAnswer() {}

    static ObjectNode of(Chart chart) {
        BirthMoment birth = chart.birth();
        LocalDateTime local = birth.local();
        return JsonNodeFactory.instance
                .objectNode()
                .put("year", local.getYear())
                .put("month", local.getMonthValue())
                .put("day", local.getDayOfMonth())
                .put("hour", local.getHour())
                .put("minute", local.getMinute())
                .put("latitude", birth.latitude())
                .put("longitude", birth.longitude())
                .put("timezone", birth.offsetHours())
                .put("ayanamsha", chart.ayanamsa());
    }
}
