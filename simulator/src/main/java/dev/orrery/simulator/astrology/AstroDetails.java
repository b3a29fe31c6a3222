package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Body;
import dev.orrery.simulator.astrology.chart.Chart;
import dev.orrery.simulator.astrology.chart.Point;
import dev.orrery.simulator.astrology.chart.Sign;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /astro_details}: the ascendant, and what tradition says of the Moon's place. Two keys are
 * misspelt by the service and must stay so.
 */
final class AstroDetails {

    private AstroDetails() {}

    static JsonNode of(Chart chart, Language language) {
        Sign rising = chart.ascendant().sign();
        Point moon = chart.of(Body.MOON);
        return JsonMapper.shared()
                .createObjectNode()
                .put("ascendant", language.of(rising))
                .put("ascendant_lord", language.of(rising.lord()))
                .put("Varna", MoonTables.varna(moon.sign()))
                .put("Vashya", MoonTables.vashya(moon))
                .put("Yoni", MoonTables.yoni(moon.nakshatra()))
                .put("Gan", MoonTables.gana(moon.nakshatra()))
                .put("Nadi", MoonTables.nadi(moon.nakshatra()))
                .put("SignLord", language.of(moon.sign().lord()))
                .put("sign", language.of(moon.sign()))
                .put("Naksahtra", language.of(moon.nakshatra()))
                .put("NaksahtraLord", language.of(moon.nakshatra().lord()))
                .put("Charan", moon.pada())
                .put("Yog", Panchang.yoga(chart.sumOfLights()))
                .put("Karan", Panchang.karana(chart.elongation()))
                .put("Tithi", Panchang.tithi(chart.elongation()))
                .put("yunja", MoonTables.yunja(moon.nakshatra()))
                .put("tatva", MoonTables.tatva(moon.sign()))
                .put("name_alphabet", MoonTables.syllable(moon))
                .put("paya", MoonTables.paya(chart.house(Body.MOON)));
    }
}
