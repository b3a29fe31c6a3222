package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Tables that are each possible, and impossible together. */
class ChartAgreementTest {

    @Test
    void acceptsTablesThatSayTheSame() {
        // given
        var answer = Charts.answer();
        answer.putObject("astro_details").put("sign", "aRIES");

        // when
        Runnable compare = () -> compare(answer);

        // then
        assertThatCode(compare::run).doesNotThrowAnyException();
    }

    @Test
    void comparesNoNameThatIsTranslated() {
        // given
        var answer = Charts.answer();
        answer.putObject("astro_details").put("sign", "मेष");

        // when
        Runnable compare = () -> compare(answer);

        // then
        assertThatCode(compare::run).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void refusesTablesThatContradictEachOther(String path, Consumer<ObjectNode> lie) {
        // given
        var answer = Charts.answer();
        lie.accept(answer);

        // when
        Runnable compare = () -> compare(answer);

        // then
        assertThatThrownBy(compare::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid astrology API response: " + path + " (expected:");
    }

    private static Stream<Arguments> lies() {
        return Stream.of(
                lie(
                        "planet_chart_data[9].fullDegree",
                        answer -> Charts.planet(answer, 9).put("fullDegree", 15.25)),
                lie("planet_chart_data", answer -> Charts.planet(answer, 9).put("id", 10), "Leo"),
                lie("planet_chart_data", answer -> Charts.planet(answer, 4).put("house", 9)),
                lie(
                        "planet_chart_data",
                        answer ->
                                Charts.planet(answer, 8)
                                        .put("fullDegree", 272.5)
                                        .put("normDegree", 2.5)),
                lie(
                        "planet_chart_data",
                        answer ->
                                Charts.planet(answer, 3)
                                        .put("fullDegree", 175.5)
                                        .put("normDegree", 25.5)
                                        .put("sign", "Virgo")
                                        .put("house", 12)),
                lie(
                        "planet_chart_data",
                        answer ->
                                Charts.planet(answer, 5)
                                        .put("fullDegree", 16.5)
                                        .put("normDegree", 16.5)
                                        .put("sign", "Aries")
                                        .put("house", 7)),
                lie("planet_chart_data", answer -> Charts.planet(answer, 0).put("isRetro", "true")),
                lie("planet_chart_data", answer -> Charts.planet(answer, 1).put("isRetro", true)),
                lie(
                        "astro_details.sign",
                        answer -> answer.putObject("astro_details").put("sign", "Taurus")),
                lie(
                        "current_vdasha.major",
                        answer -> Charts.dasha(answer, "major").put("start", "2-5-2020  14:7")),
                lie(
                        "current_vdasha.major",
                        answer -> Charts.dasha(answer, "major").put("planet_id", 5)),
                lie(
                        "current_vdasha.minor",
                        answer -> Charts.dasha(answer, "minor").put("end", "5-5-2027  2:7")),
                lie(
                        "current_vdasha.minor",
                        answer -> Charts.dasha(answer, "minor").put("start", "29-4-2021  2:7")));
    }

    @ParameterizedTest
    @CsvSource({
        "2021-04-01T00:00:00Z, current_vdasha.major", // has not begun
        "2027-06-01T00:00:00Z, current_vdasha.major", // is over
        "2026-04-01T00:00:00Z, current_vdasha.minor"
    })
    void refusesPeriodsAsRunningThatDoNotRun(Instant now, String path) {
        // given
        var answer = Charts.answer();
        var born = LocalDateTime.of(2000, 6, 27, 15, 30);

        // when
        Runnable compare = () -> ChartAgreement.requireRunning(answer, Charts.chart(), born, now);

        // then
        assertThatThrownBy(compare::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid astrology API response: " + path + " (expected:");
    }

    @Test
    void takesPeriodsThatRunAndTheLastOnesOfSomebodyLongDead() {
        // given
        var answer = Charts.answer();
        var after = Instant.parse("2130-01-01T00:00:00Z");

        // when
        Runnable compare =
                () -> {
                    ChartAgreement.requireRunning(
                            answer,
                            Charts.chart(),
                            LocalDateTime.of(2000, 6, 27, 15, 30),
                            Charts.NOW);
                    ChartAgreement.requireRunning(
                            answer, Charts.chart(), LocalDateTime.of(2000, 6, 27, 15, 30), after);
                };

        // then
        assertThatCode(compare::run).doesNotThrowAnyException();
    }

    private static Arguments lie(String path, Consumer<ObjectNode> lie) {
        return Arguments.of(path, lie);
    }

    /** With another ascendant in the table of its own. */
    private static Arguments lie(String path, Consumer<ObjectNode> lie, String ascendant) {
        return Arguments.of(path, lie.andThen(answer -> answer.put("Ascendant", ascendant)));
    }

    private static void compare(ObjectNode answer) {
        ChartAgreement.require(answer, NormalChart.of(answer, Charts.INDIA, 2));
    }
}
