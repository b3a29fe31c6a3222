package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Chart;
import dev.orrery.simulator.astrology.chart.Moment;
import dev.orrery.simulator.astrology.chart.Vimshottari.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The endpoints on Vimshottari periods. Dates are local times of the birth's zone, to the minute,
 * with two blanks between date and time and no leading zeros.
 */
final class Periods {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d-M-uuuu  H:m", Locale.ROOT);

    private static final List<String> LEVELS =
            List.of("major", "minor", "sub_minor", "sub_sub_minor", "sub_sub_sub_minor");

    private static final long HALF_A_MINUTE = 30;

    private final Chart chart;

    private final Language language;

    private Periods(Chart chart, Language language) {
        this.chart = chart;
        this.language = language;
    }

    /** {@code /major_vdasha} */
    static JsonNode majors(Chart chart, Language language) {
        return new Periods(chart, language).list(chart.periods().majors());
    }

    /** {@code /current_vdasha} */
    static JsonNode running(Chart chart, Language language, Moment now) {
        Periods periods = new Periods(chart, language);
        ObjectNode root = JsonMapper.shared().createObjectNode();
        List<Period> running = chart.periods().running(LEVELS.size(), now);
        for (int level = 0; level < LEVELS.size(); level++) {
            root.set(LEVELS.get(level), periods.one(running.get(level)));
        }
        return root;
    }

    /**
     * {@code /current_vdasha_all}: on each level the nine periods among which the running one is.
     * What stands in {@code planet}, the lords above by level, is unverified.
     */
    static JsonNode runningWithNeighbours(Chart chart, Language language, Moment now) {
        Periods periods = new Periods(chart, language);
        ObjectNode root = JsonMapper.shared().createObjectNode();
        List<Period> running = chart.periods().running(LEVELS.size(), now);
        ObjectNode above = JsonMapper.shared().createObjectNode();
        List<Period> neighbours = chart.periods().majors();
        for (int level = 0; level < LEVELS.size(); level++) {
            ObjectNode node = root.putObject(LEVELS.get(level));
            node.set("planet", above.deepCopy());
            node.set("dasha_period", periods.list(neighbours));
            above.put(LEVELS.get(level), language.of(running.get(level).lord()));
            neighbours = running.get(level).parts();
        }
        return root;
    }

    private ArrayNode list(List<Period> periods) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        periods.forEach(period -> list.add(one(period)));
        return list;
    }

    private ObjectNode one(Period period) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("planet", language.of(period.lord()))
                .put("planet_id", period.lord().ordinal())
                .put("start", date(period.start()))
                .put("end", date(period.end()));
    }

    private String date(Moment moment) {
        Instant rounded = moment.instant().plusSeconds(HALF_A_MINUTE);
        int offset = (int) Math.round(chart.birth().zone() * 3600);
        return DATE.format(rounded.atOffset(ZoneOffset.ofTotalSeconds(offset)));
    }
}
