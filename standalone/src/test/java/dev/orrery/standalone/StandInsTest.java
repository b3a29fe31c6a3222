package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.Simulator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInsTest {

    @Test
    void standForEveryServiceOfAnEmptyEnvironment() {
        // when
        var services = StandIns.of(Map.of());

        // then
        assertThat(services)
                .containsExactlyInAnyOrderElementsOf(
                        Simulator.codes().stream()
                                .filter(code -> !code.equals("astrology")) // is computed here
                                .toList());
    }

    @Test
    void stepAsideWhereAnAddressIsSetOfWhatWantsNoKey() {
        // given
        var environment = Map.of("WEATHER_BASE_URL", "https://api.open-meteo.com/v1");

        // when
        try (var simulator = Simulator.start(0)) {
            var variables = StandIns.variables(environment, simulator);

            // then
            assertThat(variables)
                    .doesNotContainKey("WEATHER_BASE_URL")
                    .containsEntry("EXCHANGE_RATES_BASE_URL", simulator.url("exchange-rates"));
        }
    }

    @Test
    void stepAsideWhereAKeyIsSet() {
        // given
        var environment =
                Map.of(
                        "OPENAI_API_KEY",
                        "a key",
                        "GROQ_API_KEY",
                        " ",
                        "AWS_ACCESS_KEY_ID",
                        "a key");

        // when
        try (var simulator = Simulator.start(0)) {
            var variables = StandIns.variables(environment, simulator);

            // then
            assertThat(variables)
                    .doesNotContainKeys("OPENAI_API_KEY", "OPENAI_BASE_URL")
                    .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME")
                    .containsEntry("GROQ_BASE_URL", simulator.url("groq"))
                    .containsKey("GROQ_API_KEY");
        }
    }
}
