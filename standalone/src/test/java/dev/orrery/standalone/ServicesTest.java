package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other services than the apps of users find in an installation. */
@ExtendWith(SharedOrrery.class)
class ServicesTest {

    private final RunningOrrery orrery;

    ServicesTest(RunningOrrery orrery) {
        this.orrery = orrery;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "groq",
                "byteplus",
                "openrouter",
                "mistral",
                "anthropic",
                "gemini",
                "ai-sdk",
                "bedrock"
            })
    void answersServicesThroughTheGatewayWhicheverProviderTheyName(String provider)
            throws Exception {
        // given
        var question =
                """
                {"provider": "%s", "model": "a-model", "fallbacks": [], "stream": %s,
                 "messages": [{"role": "user", "content": "What is a sextile?"}]}\
                """;

        // when
        var whole = generated(question.formatted(provider, false));
        var streamed = generated(question.formatted(provider, true));

        // then
        assertThat(whole).contains("\"provider\":\"" + provider + "\"", "\"result\":\"ok\"");
        assertThat(streamed).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
    }

    private String generated(String question) throws Exception {
        return orrery.post(
                orrery.demo("ORRERY_GATEWAY_URL") + "/v1/generate/",
                question,
                "Authorization",
                "jwt " + orrery.demo("ORRERY_GATEWAY_TOKEN"));
    }

    @Test
    void servesComputedChartsToClientsOfTheAstrologyService() throws Exception {
        // given: India's independence, the chart that everybody knows
        var birth =
                """
                {"day": 15, "month": 8, "year": 1947, "hour": 0, "min": 0,
                 "lat": 28.6139, "lon": 77.209, "tzone": 5.5}
                """;

        // when
        var answer = orrery.post(orrery.demo("ORRERY_ASTROLOGY_URL") + "/planets", birth);

        // then
        assertThat(answer)
                .startsWith("[{\"id\":0,\"name\":\"Sun\"")
                .contains("\"fullDegree\":93.98");
    }
}
