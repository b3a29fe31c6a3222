package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Birth;
import dev.orrery.simulator.astrology.chart.Chart;
import java.time.LocalDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /birth_details}: what was asked, and the ayanamsa. Sunrise and sunset are left out. */
final class BirthDetails {

    private BirthDetails() {}

    static JsonNode of(Chart chart) {
        Birth birth = chart.birth();
        LocalDateTime local = birth.local();
        return JsonMapper.shared()
                .createObjectNode()
                .put("year", local.getYear())
                .put("month", local.getMonthValue())
                .put("day", local.getDayOfMonth())
                .put("hour", local.getHour())
                .put("minute", local.getMinute())
                .put("latitude", birth.latitude())
                .put("longitude", birth.longitude())
                .put("timezone", birth.zone())
                .put("ayanamsha", chart.ayanamsa());
    }
}
