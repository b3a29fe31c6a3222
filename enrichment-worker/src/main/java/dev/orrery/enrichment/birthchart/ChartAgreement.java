package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether the tables of a service say the same. They come from calls of their own, and what they
 * say of one sky depends on each other: where they differ, none of them can be trusted.
 */
final class ChartAgreement {

    private static final int ASCENDANT_ID = 9;
    private static final double CIRCLE = 360;
    private static final double HALF_CIRCLE = CIRCLE / 2;

    /** Degrees from the Sun that the inner planets never leave. */
    private static final double MERCURYS_FARTHEST = 29;

    private static final double VENUSS_FARTHEST = 48.5;

    /**
     * A whole round of periods; what a service says of those who were born before it is not known.
     */
    private static final int YEARS_OF_ALL_PERIODS = 120;

    /** Degrees by which the two nodes may miss being opposite, for rounding. */
    private static final double NODE_ROUNDING = 0.01;

    /** Borders of long periods may be told as dates without a time. */
    private static final Duration ROUNDING = Duration.ofDays(1);

    private static final double SECONDS_A_YEAR = 365.25 * 86_400;

    /** Years of 360 days and sidereal years are in use, too. */
    private static final double YEARS_DIFFER = 0.02;

    private ChartAgreement() {}

    /**
     * @param answer of which the chart was made
     * @throws SourceFailure.InvalidAnswer naming the field that contradicts another one
     */
    static void require(JsonNode answer, BirthChart chart) {
        var root = ChartShape.root(answer);
        requireAscendant(root, chart);
        requireHouses(root, chart);
        requireOppositeNodes(root, chart);
        requireNearTheSun(root, chart, Graha.MERCURY, MERCURYS_FARTHEST);
        requireNearTheSun(root, chart, Graha.VENUS, VENUSS_FARTHEST);
        requireForward(root, chart, Graha.SUN);
        requireForward(root, chart, Graha.MOON);
        requireMoon(root, chart);
        requireLength(root, chart.major());
        requireNested(root, chart);
    }

    /**
     * Whether the periods run that are said to run.
     *
     * @param born civil time of the birth
     * @param now when the service was asked
     * @throws SourceFailure.InvalidAnswer naming the period that does not
     */
    static void requireRunning(JsonNode answer, BirthChart chart, LocalDateTime born, Instant now) {
        var today = now.atOffset(ZoneOffset.UTC);
        boolean old = born.plusYears(YEARS_OF_ALL_PERIODS).isBefore(today.toLocalDateTime());
        for (int level = 0; level < chart.dashas().size(); level++) {
            var period = chart.dashas().get(level);
            if (isBefore(today, period.start()) || !old && isBefore(period.end(), today)) {
                throw ChartShape.root(answer)
                        .at("current_vdasha")
                        .at(DashaLevel.values()[level].key())
                        .invalid("a period that runs now");
            }
        }
    }

    private static void requireAscendant(Field root, BirthChart chart) {
        for (var row : root.at("planet_chart_data").elements()) {
            if (row.at("id").number() == ASCENDANT_ID
                    && row.at("fullDegree").isPresent()
                    && !isIn(chart.ascendant(), row.at("fullDegree").number())) {
                throw row.at("fullDegree").invalid("within the ascendant's sign");
            }
        }
    }

    private static boolean isIn(Sign sign, double degree) {
        return degree >= 0 && degree < CIRCLE && Sign.atDegree(degree) == sign;
    }

    /** Houses are whole signs, counted from the ascendant's. */
    private static void requireHouses(Field root, BirthChart chart) {
        for (var position : chart.positions()) {
            if (position.house() != position.sign().houseFrom(chart.ascendant())) {
                throw root.at("planet_chart_data")
                        .invalid("houses that are signs, counted from the ascendant's");
            }
        }
    }

    private static void requireOppositeNodes(Field root, BirthChart chart) {
        double apart = chart.of(Graha.KETU).degree() - chart.of(Graha.RAHU).degree();
        if (Math.abs(Math.abs(apart) - HALF_CIRCLE) > NODE_ROUNDING) {
            throw root.at("planet_chart_data").invalid("Ketu opposite Rahu");
        }
    }

    private static void requireNearTheSun(
            Field root, BirthChart chart, Graha planet, double farthest) {
        double apart =
                Math.IEEEremainder(
                        chart.of(planet).degree() - chart.of(Graha.SUN).degree(), CIRCLE);
        if (Math.abs(apart) > farthest) {
            throw root.at("planet_chart_data").invalid("inner planets near the Sun");
        }
    }

    /** Seen from the Earth, these two never turn round. */
    private static void requireForward(Field root, BirthChart chart, Graha body) {
        if (chart.of(body).retrograde()) {
            throw root.at("planet_chart_data").invalid("Sun and Moon moving forward");
        }
    }

    /** Only an English name can be compared. */
    private static void requireMoon(Field root, BirthChart chart) {
        var sign = root.at("astro_details").at("sign");
        var named = sign.isPresent() ? Sign.named(sign.text()) : Optional.<Sign>empty();
        if (named.isPresent() && named.get() != chart.of(Graha.MOON).sign()) {
            throw sign.invalid("the Moon's sign of planet_chart_data");
        }
    }

    private static void requireLength(Field root, Period major) {
        double years = Duration.between(major.start(), major.end()).toSeconds() / SECONDS_A_YEAR;
        int promised = major.ruler().years();
        if (Math.abs(years / promised - 1) > YEARS_DIFFER) {
            throw root.at("current_vdasha")
                    .at("major")
                    .invalid("as long as the periods of its planet are");
        }
    }

    private static void requireNested(Field root, BirthChart chart) {
        for (int level = 1; level < chart.dashas().size(); level++) {
            var outer = chart.dashas().get(level - 1);
            var inner = chart.dashas().get(level);
            if (isBefore(inner.start(), outer.start()) || isBefore(outer.end(), inner.end())) {
                throw root.at("current_vdasha")
                        .at(DashaLevel.values()[level].key())
                        .invalid("within the period above");
            }
        }
    }

    private static boolean isBefore(OffsetDateTime one, OffsetDateTime other) {
        return one.plus(ROUNDING).isBefore(other);
    }
}
