package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.GrahaPlace;
import dev.orrery.enrichment.chart.Nakshatra;
import dev.orrery.enrichment.chart.Panchang;
import dev.orrery.enrichment.chart.Sign;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /astro_details}: the ascendant, and what tradition says of the Moon's place. Two keys are
 * misspelt by the service and have to stay so.
 */
final class AstroDetailsAnswer {

    private AstroDetailsAnswer() {}

    static ObjectNode of(Chart chart) {
        Sign rising = chart.ascendant().sign();
        GrahaPlace moon = chart.of(Graha.MOON);
        Sign sign = moon.point().sign();
        Nakshatra nakshatra = moon.point().nakshatra();
        Panchang panchang = chart.panchang();
        return JsonNodeFactory.instance
                .objectNode()
                .put("ascendant", Names.of(rising))
                .put("ascendant_lord", Names.of(rising.lord()))
                .put("Varna", MoonLore.varna(sign))
                .put("Vashya", MoonLore.vashya(moon.point()))
                .put("Yoni", MoonLore.yoni(nakshatra))
                .put("Gan", MoonLore.gana(nakshatra))
                .put("Nadi", MoonLore.nadi(nakshatra))
                .put("SignLord", Names.of(sign.lord()))
                .put("sign", Names.of(sign))
                .put("Naksahtra", Names.of(nakshatra))
                .put("NaksahtraLord", Names.of(nakshatra.lord()))
                .put("Charan", moon.point().pada())
                .put("Yog", PanchangNames.yoga(panchang))
                .put("Karan", PanchangNames.karana(panchang))
                .put("Tithi", PanchangNames.tithi(panchang))
                .put("yunja", MoonLore.yunja(nakshatra))
                .put("tatva", MoonLore.tatva(sign))
                .put("name_alphabet", MoonLore.syllable(moon.point()))
                .put("paya", MoonLore.paya(moon.house()));
    }
}
