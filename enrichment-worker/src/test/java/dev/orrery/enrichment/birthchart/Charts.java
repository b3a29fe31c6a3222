package dev.orrery.enrichment.birthchart;

import java.time.Instant;
import java.time.ZoneOffset;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A birth of 27 June 2000, 15:30, in India, with the service's published positions and an invented
 * Libra ascendant.
 */
final class Charts {

    static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);

    /** Within both periods. */
    static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");

    private static final String ANSWER =
            """
            {"Ascendant": "Libra",
             "planet_chart_data": [
              {"id": 0, "name": "Sun", "fullDegree": 72.18954079, "normDegree": 12.18954079, "isRetro": "false", "sign": "Gemini", "house": 9},
              {"id": 1, "name": "Moon", "fullDegree": 11.72351599, "normDegree": 11.72351599, "isRetro": "false", "sign": "Aries", "house": 7},
              {"id": 2, "name": "Mars", "fullDegree": 73.41992352, "normDegree": 13.41992352, "isRetro": "false", "sign": "Gemini", "house": 9},
              {"id": 3, "name": "Mercury", "fullDegree": 85.49171301, "normDegree": 25.49171301, "isRetro": "true", "sign": "Gemini", "house": 9},
              {"id": 4, "name": "Jupiter", "fullDegree": 35.53009647, "normDegree": 5.53009647, "isRetro": "false", "sign": "Taurus", "house": 8},
              {"id": 5, "name": "Venus", "fullDegree": 76.57181911, "normDegree": 16.57181911, "isRetro": "false", "sign": "Gemini", "house": 9},
              {"id": 6, "name": "Saturn", "fullDegree": 32.39707346, "normDegree": 2.39707346, "isRetro": "false", "sign": "Taurus", "house": 8},
              {"id": 7, "name": "Rahu", "fullDegree": 91.75926156, "normDegree": 1.75926156, "isRetro": "true", "sign": "Cancer", "house": 10},
              {"id": 8, "name": "Ketu", "fullDegree": 271.75926156, "normDegree": 1.75926156, "isRetro": "true", "sign": "Capricorn", "house": 4},
              {"id": 9, "name": "Ascendant", "fullDegree": 195.25, "normDegree": 15.25, "isRetro": false, "sign": "Libra", "house": 1}],
             "current_vdasha": {
              "major": {"planet": "Sun", "planet_id": 0, "start": "2-5-2021  14:7", "end": "2-5-2027  2:7"},
              "minor": {"planet": "Venus", "planet_id": 5, "start": "2-5-2026  20:7", "end": "2-5-2027  2:7"},
              "sub_minor": {"planet": "Moon", "planet_id": 1, "start": "1-7-2026  8:37", "end": "31-7-2026  20:37"}}}
            """;

    private Charts() {}

    /** As merged from the service's tables. */
    static ObjectNode answer() {
        return (ObjectNode) JsonMapper.shared().readTree(ANSWER);
    }

    /** The table row of a body, to be damaged. */
    static ObjectNode planet(ObjectNode answer, int index) {
        return (ObjectNode) answer.path("planet_chart_data").path(index);
    }

    /** A running period, to be damaged. */
    static ObjectNode dasha(ObjectNode answer, String level) {
        return (ObjectNode) answer.path("current_vdasha").path(level);
    }

    static BirthChart chart() {
        return NormalChart.of(answer(), INDIA, 2);
    }
}
