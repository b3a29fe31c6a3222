package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.chart.Graha;
import dev.orrery.enrichment.chart.Sign;
import dev.orrery.enrichment.source.SourceFailure;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class NormalChartTest {

    @Test
    void takesPositionsAndPeriodsOver() {
        // given
        var answer = Charts.answer();

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart.ascendant()).isEqualTo(Sign.LIBRA);
        assertThat(chart.positions()).hasSize(9);
        assertThat(chart.of(Graha.MERCURY))
                .isEqualTo(new Position(Graha.MERCURY, 85.49171301, 9, true));
        assertThat(chart.dashas())
                .containsExactly(
                        new Period(
                                Graha.SUN,
                                OffsetDateTime.parse("2021-05-02T14:07+05:30"),
                                OffsetDateTime.parse("2027-05-02T02:07+05:30")),
                        new Period(
                                Graha.VENUS,
                                OffsetDateTime.parse("2026-05-02T20:07+05:30"),
                                OffsetDateTime.parse("2027-05-02T02:07+05:30")));
    }

    @Test
    void isFreshUntilTheShortestPeriodShownIsOver() {
        // given
        var answer = Charts.answer();

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 3);

        // then
        assertThat(chart.freshUntil())
                .isEqualTo(OffsetDateTime.parse("2026-07-31T20:37+05:30").toInstant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Scorpio", "sCORPIO", "SCORPIO", " scorpio "})
    void readsTheAscendantInWhateverCase(String spelling) {
        // given
        var answer = Charts.answer().put("Ascendant", spelling);

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart.ascendant()).isEqualTo(Sign.SCORPIO);
    }

    @Test
    void readsTheAscendantUnderItsOtherName() {
        // given
        var answer = Charts.answer();
        answer.remove("Ascendant");
        answer.put("ascendant", "Leo");

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart.ascendant()).isEqualTo(Sign.LEO);
    }

    @Test
    void tellsBodiesByTheirIdsBecauseNamesMayBeTranslated() {
        // given
        var answer = Charts.answer();
        Charts.planet(answer, 0).put("name", "सूर्य").put("sign", "मिथुन").put("id", "0");
        Charts.dasha(answer, "major").put("planet", "सूर्य");

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart).isEqualTo(Charts.chart());
    }

    @Test
    void tellsTheRulerOfAPeriodByItsNameWhereThereIsNoId() {
        // given
        var answer = Charts.answer();
        Charts.dasha(answer, "minor").remove("planet_id");

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart).isEqualTo(Charts.chart());
    }

    @Test
    void readsTextsThatAreNumbersAndFlags() {
        // given
        var answer = Charts.answer();
        Charts.planet(answer, 3)
                .put("fullDegree", "85.49171301")
                .put("house", "9")
                .put("isRetro", true);

        // when
        var chart = NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThat(chart).isEqualTo(Charts.chart());
    }

    @ParameterizedTest
    @MethodSource("lies")
    void refusesAValueThatCannotBeAndSaysWhere(String path, Consumer<ObjectNode> lie) {
        // given
        var answer = Charts.answer();
        lie.accept(answer);

        // when
        Runnable normalise = () -> NormalChart.of(answer, Charts.INDIA, 2);

        // then
        assertThatThrownBy(normalise::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid astrology API response: " + path + " (expected:")
                .hasMessageNotContaining("LIE");
    }

    private static Stream<Arguments> lies() {
        return Stream.of(
                lie("Ascendant", answer -> answer.put("Ascendant", "Ophiuchus {{LIE}}")),
                lie(
                        "planet_chart_data[0].fullDegree",
                        answer -> Charts.planet(answer, 0).put("fullDegree", 360)),
                lie(
                        "planet_chart_data[0].fullDegree",
                        answer -> Charts.planet(answer, 0).put("fullDegree", -0.1)),
                lie(
                        "planet_chart_data[0].sign",
                        answer -> Charts.planet(answer, 0).put("sign", "Leo")),
                lie(
                        "planet_chart_data[0].normDegree",
                        answer -> Charts.planet(answer, 0).put("normDegree", 20)),
                lie(
                        "planet_chart_data[1].house",
                        answer -> Charts.planet(answer, 1).put("house", 13)),
                lie(
                        "current_vdasha.major.planet_id",
                        answer -> Charts.dasha(answer, "major").put("planet_id", 9)),
                lie(
                        "current_vdasha.minor.planet",
                        answer -> {
                            Charts.dasha(answer, "minor").remove("planet_id");
                            Charts.dasha(answer, "minor").put("planet", "LIE");
                        }),
                lie(
                        "current_vdasha.minor.end",
                        answer -> Charts.dasha(answer, "minor").put("end", "1-5-2026  0:0")),
                lie(
                        "current_vdasha.minor.start",
                        answer -> Charts.dasha(answer, "minor").put("start", "LIE")));
    }

    private static Arguments lie(String path, Consumer<ObjectNode> lie) {
        return Arguments.of(path, lie);
    }
}
