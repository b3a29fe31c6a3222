package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Body;
import dev.orrery.simulator.astrology.chart.Chart;
import dev.orrery.simulator.astrology.chart.Point;
import dev.orrery.simulator.astrology.chart.Sign;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /horo_chart/…}: twelve houses from the ascendant, each with its sign and who stands in it;
 * names of grahas in upper case. The shape is written from memory of public samples: unverified.
 */
final class HoroChart {

    private static final int HOUSES = 12;

    private static final int LETTERS_OF_SHORT_NAME = 2;

    private HoroChart() {}

    /** {@code D1}: the signs themselves. */
    static JsonNode rasi(Chart chart, Language language) {
        return houses(chart, language, Point::sign);
    }

    /** {@code D9}: the signs of the ninth parts. */
    static JsonNode navamsa(Chart chart, Language language) {
        return houses(chart, language, Point::navamsa);
    }

    private static JsonNode houses(Chart chart, Language language, Function<Point, Sign> division) {
        ArrayNode houses = JsonMapper.shared().createArrayNode();
        Sign ascendant = division.apply(chart.ascendant());
        for (int house = 0; house < HOUSES; house++) {
            Sign sign = ascendant.plus(house);
            ObjectNode node = houses.addObject();
            node.put("sign", sign.ordinal() + 1).put("sign_name", language.of(sign));
            ArrayNode names = node.putArray("planet");
            ArrayNode shortNames = node.putArray("planet_small");
            ArrayNode degrees = node.putArray("planet_degree");
            for (Body body : Body.values()) {
                if (division.apply(chart.of(body)) == sign) {
                    String name = language.of(body);
                    names.add(name.toUpperCase(Locale.ROOT));
                    shortNames.add(name.substring(0, LETTERS_OF_SHORT_NAME) + " ");
                    degrees.add("");
                }
            }
        }
        return houses;
    }
}
