package dev.orrery.enrichment.birthchart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.source.SourceFailure;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ChartShapeTest {

    @Test
    void acceptsWhatTheServicePromises() {
        // given
        var answer = Charts.answer();

        // when
        Runnable validate = () -> ChartShape.require(answer, 3);

        // then
        assertThatCode(validate::run).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("damages")
    void refusesADamagedAnswerAndSaysWhereItIsDamaged(String path, Consumer<ObjectNode> damage) {
        // given
        var answer = Charts.answer();
        damage.accept(answer);

        // when
        Runnable validate = () -> ChartShape.require(answer, 3);

        // then
        assertThatThrownBy(validate::run)
                .isInstanceOf(SourceFailure.InvalidAnswer.class)
                .hasMessageStartingWith("Invalid astrology API response: " + path + " (expected:");
    }

    private static Stream<Arguments> damages() {
        return Stream.of(
                damage("ascendant", answer -> answer.remove("Ascendant")),
                damage("ascendant", answer -> answer.putNull("Ascendant")),
                damage("Ascendant", answer -> answer.put("Ascendant", " ")),
                damage("Ascendant", answer -> answer.put("Ascendant", 7)),
                damage("planet_chart_data", answer -> answer.remove("planet_chart_data")),
                damage("planet_chart_data", answer -> answer.put("planet_chart_data", "none")),
                damage("planet_chart_data", answer -> answer.putArray("planet_chart_data")),
                damage("planet_chart_data", answer -> planets(answer).remove(8)),
                damage("planet_chart_data[2]", answer -> planets(answer).set(2, "Mars")),
                damage("planet_chart_data[3].id", answer -> Charts.planet(answer, 3).remove("id")),
                damage("planet_chart_data[3].id", answer -> Charts.planet(answer, 3).put("id", 2)),
                damage(
                        "planet_chart_data[3].id",
                        answer -> Charts.planet(answer, 3).put("id", 1.5)),
                damage(
                        "planet_chart_data[0].fullDegree",
                        answer -> Charts.planet(answer, 0).remove("fullDegree")),
                damage(
                        "planet_chart_data[0].fullDegree",
                        answer -> Charts.planet(answer, 0).put("fullDegree", "much")),
                damage(
                        "planet_chart_data[5].house",
                        answer -> Charts.planet(answer, 5).putNull("house")),
                damage(
                        "planet_chart_data[7].isRetro",
                        answer -> Charts.planet(answer, 7).put("isRetro", "perhaps")),
                damage("current_vdasha", answer -> answer.remove("current_vdasha")),
                damage("current_vdasha.major", answer -> dashas(answer).remove("major")),
                damage("current_vdasha.minor", answer -> dashas(answer).put("minor", "Venus")),
                damage("current_vdasha.sub_minor", answer -> dashas(answer).remove("sub_minor")),
                damage(
                        "current_vdasha.minor.end",
                        answer -> Charts.dasha(answer, "minor").remove("end")));
    }

    private static ArrayNode planets(ObjectNode answer) {
        return (ArrayNode) answer.path("planet_chart_data");
    }

    private static ObjectNode dashas(ObjectNode answer) {
        return (ObjectNode) answer.path("current_vdasha");
    }

    private static Arguments damage(String path, Consumer<ObjectNode> damage) {
        return Arguments.of(path, damage);
    }
}
