package dev.orrery.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.Examples;
import dev.orrery.pipeline.tool.ToolHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BuiltInToolsTest {

    private static final Clock NIGHT =
            Clock.fixed(Instant.parse("2026-03-31T20:15:30.5Z"), ZoneOffset.UTC);

    private final BuiltInTools tools =
            new BuiltInTools(NIGHT, errand -> Mono.just("fact of " + errand.handler()));

    private String told(ToolHandler handler, String arguments) {
        var errand =
                new Errand(
                        "a_name",
                        handler,
                        (ObjectNode) JsonMapper.shared().readTree(arguments),
                        Duration.ofSeconds(5),
                        Examples.ref(Examples.openTurn(Examples.TURN)));
        return Objects.requireNonNull(tools.carryOut(errand).block());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {} | {"now":"2026-03-31T20:15:30Z","time_zone":"Z","day_of_week":"Tuesday"}
                    {"time_zone": "Asia/Kolkata"} | {"now":"2026-04-01T01:45:30+05:30","time_zone":"Asia/Kolkata","day_of_week":"Wednesday"}
                    {"time_zone": "America/New_York"} | {"now":"2026-03-31T16:15:30-04:00","time_zone":"America/New_York","day_of_week":"Tuesday"}
                    """)
    void knowTheHourInAnyZone(String arguments, String expected) {
        // when
        var told = told(ToolHandler.CURRENT_TIME, arguments);

        // then
        assertThat(told).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Mars/Olympus", "'; drop table'", "''''"})
    void knowNoHourElsewhere(String zone) {
        // when
        assertThatThrownBy(
                        () -> told(ToolHandler.CURRENT_TIME, "{\"time_zone\": \"" + zone + "\"}"))

                // then
                .isInstanceOfSatisfying(
                        ToolFailure.class,
                        failure ->
                                assertThat(failure.reason())
                                        .isEqualTo(ToolFailure.Reason.BAD_ARGUMENTS));
    }

    @Test
    void tellTheModelThatTheAppHasTheCall() {
        // when
        var told = told(ToolHandler.APP, "{}");

        // then
        assertThat(told).isEqualTo("{\"status\":\"handed_to_app\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"GET_BIRTH_CHART", "GET_WEATHER", "GET_EXCHANGE_RATE"})
    void askForFactsWhereTheyAreKnown(ToolHandler handler) {
        // when
        var told = told(handler, "{}");

        // then
        assertThat(told).isEqualTo("fact of " + handler);
    }
}
