package dev.orrery.enrichment.astrologyapi;

import dev.orrery.enrichment.chart.Chart;
import dev.orrery.enrichment.chart.Division;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A chart as the endpoints of AstrologyAPI.com answer it. Pure; may be called on any thread. */
public final class AstrologyAnswers {

    private AstrologyAnswers() {}

    /** {@code /planets} */
    public static JsonNode planets(Chart chart) {
        return PlanetsAnswer.of(chart);
    }

    /** {@code /astro_details} */
    public static JsonNode astroDetails(Chart chart) {
        return AstroDetailsAnswer.of(chart);
    }

    /**
     * {@code /current_vdasha}
     *
     * @param at the moment asked about
     */
    public static JsonNode currentVdasha(Chart chart, Instant at) {
        return DashaAnswer.running(chart, at);
    }

    /** {@code /major_vdasha} */
    public static JsonNode majorVdasha(Chart chart) {
        return DashaAnswer.majors(chart);
    }

    /** {@code /horo_chart/D1} and {@code /horo_chart/D9} */
    public static JsonNode horoChart(Chart chart, Division division) {
        return HoroChartAnswer.of(chart, division);
    }

    /** {@code /manglik} */
    public static JsonNode manglik(Chart chart) {
        return ManglikAnswer.of(chart);
    }

    /** {@code /birth_details} */
    public static JsonNode birthDetails(Chart chart) {
        return BirthDetailsAnswer.of(chart);
    }
}
