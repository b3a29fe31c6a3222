package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The second step: the service's words become ours. Bodies are told by id, because their names may
 * be translated; sign, nakshatra and quarter follow from the degree. Only values of closed lists
 * and numbers within bounds pass, so nothing that the service writes can reach a prompt.
 */
final class NormalChart {

    /** The two ways in which the service states a degree may differ by rounding. */
    private static final double ROUNDING = 0.01;

    private NormalChart() {}

    /**
     * @param answer of the shape that {@link ChartShape} requires
     * @param zone of the birth, in which the service counts its times
     * @throws SourceFailure.InvalidAnswer naming the first field whose value cannot be
     */
    static BirthChart of(JsonNode answer, ZoneOffset zone, int dashaLevels) {
        var chart = ChartShape.root(answer);
        return new BirthChart(
                ascendant(chart),
                positions(chart.at("planet_chart_data")),
                dashas(chart.at("current_vdasha"), zone, dashaLevels));
    }

    private static Sign ascendant(Field chart) {
        var ascendant = ChartShape.ascendant(chart);
        return Sign.named(ascendant.text()).orElseThrow(() -> ascendant.invalid("a sign"));
    }

    private static List<Position> positions(Field planets) {
        var elements = planets.elements();
        return Graha.ALL.stream()
                .map(graha -> position(graha, of(graha, elements).orElseThrow()))
                .toList();
    }

    private static Optional<Field> of(Graha graha, List<Field> planets) {
        return planets.stream()
                .filter(planet -> planet.at("id").number() == graha.ordinal())
                .findFirst();
    }

    private static Position position(Graha graha, Field planet) {
        var position =
                new Position(
                        graha,
                        degree(planet.at("fullDegree")),
                        planet.at("house").wholeNumber(1, 12),
                        planet.at("isRetro").flag());
        requireAgreement(planet, position);
        return position;
    }

    private static double degree(Field field) {
        double degree = field.number();
        if (!(degree >= 0 && degree < 360)) {
            throw field.invalid("0 to below 360");
        }
        return degree;
    }

    /** Where the service says the same thing twice and differently, neither can be trusted. */
    private static void requireAgreement(Field planet, Position position) {
        var sign = planet.at("sign");
        var named = sign.isPresent() ? Sign.named(sign.text()) : Optional.<Sign>empty();
        if (named.isPresent() && named.get() != position.sign()) {
            throw sign.invalid("the sign of fullDegree");
        }
        var inSign = planet.at("normDegree");
        if (inSign.isPresent()
                && Math.abs(inSign.number() - position.degree() % Sign.DEGREES) > ROUNDING) {
            throw inSign.invalid("fullDegree within its sign");
        }
    }

    private static List<Period> dashas(Field dashas, ZoneOffset zone, int levels) {
        return Stream.of(DashaLevel.values())
                .limit(levels)
                .map(level -> period(dashas.at(level.key()), zone))
                .toList();
    }

    private static Period period(Field period, ZoneOffset zone) {
        var start = time(period.at("start"), zone);
        var end = time(period.at("end"), zone);
        if (!start.isBefore(end)) {
            throw period.at("end").invalid("after the start");
        }
        return new Period(ruler(period), start, end);
    }

    private static Graha ruler(Field period) {
        var id = period.at("planet_id");
        return id.isPresent()
                ? Graha.ofId(id.wholeNumber(0, Integer.MAX_VALUE))
                        .orElseThrow(() -> id.invalid("one of the nine bodies"))
                : Graha.named(period.at("planet").text())
                        .orElseThrow(() -> period.at("planet").invalid("one of the nine bodies"));
    }

    private static OffsetDateTime time(Field field, ZoneOffset zone) {
        return ServiceTime.parse(field.text())
                .map(time -> time.atOffset(zone))
                .orElseThrow(() -> field.invalid("d-M-yyyy H:m"));
    }
}
