package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /major_vdasha} and {@code /current_vdasha}. Times are local times of the birth's offset,
 * rounded to the minute only here, with two blanks between date and time and no leading zeros.
 */
final class DashaAnswer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d-M-uuuu  H:m", Locale.ROOT);

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private static final List<String> LEVELS =
            List.of("major", "minor", "sub_minor", "sub_sub_minor", "sub_sub_sub_minor");

    private DashaAnswer() {}

    static ArrayNode majors(Chart chart) {
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        ZoneOffset offset = chart.birth().offset();
        chart.periods().majors().forEach(period -> answer.add(period(period, offset)));
        return answer;
    }

    static ObjectNode running(Chart chart, Instant at) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<Period> running = chart.periods().running(at, LEVELS.size());
        for (int level = 0; level < LEVELS.size(); level++) {
            answer.set(LEVELS.get(level), period(running.get(level), chart.birth().offset()));
        }
        return answer;
    }

    private static ObjectNode period(Period period, ZoneOffset offset) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("planet", Names.of(period.lord()))
                .put("planet_id", period.lord().ordinal())
                .put("start", date(period.start(), offset))
                .put("end", date(period.end(), offset));
    }

    private static String date(Instant border, ZoneOffset offset) {
        return DATE.format(border.plus(HALF_A_MINUTE).atOffset(offset));
    }
}
