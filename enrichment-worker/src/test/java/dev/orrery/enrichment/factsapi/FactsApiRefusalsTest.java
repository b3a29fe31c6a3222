package dev.orrery.enrichment.factsapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks wrongly is told what was wrong, by a code that does not change. */
class FactsApiRefusalsTest extends FactsApiBench {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "weather; {\"latitude\": 90.5, \"longitude\": 0}; arguments.latitude: out of range (expected: a number from -90.0 to 90.0)",
                "weather; {\"latitude\": 1e999, \"longitude\": 0}; arguments.latitude: out of range",
                "weather; {\"latitude\": 12.9}; arguments.longitude: missing",
                "weather; {\"latitude\": \"12\", \"longitude\": 0}; arguments.latitude: a text",
                "weather; {\"city\": \"Pune\"}; arguments.city: unknown field (expected: latitude, longitude)",
                "exchange_rates; {\"base\": \"XYZ\"}; arguments.base: no currency (expected: ISO 4217, such as INR)",
                "exchange_rates; {\"base\": \"rupee\"}; arguments.base: 5 characters (expected: at most 3)",
                "exchange_rates; {\"base\": \"A&b\"}; arguments.base: no currency",
                "exchange_rates; {\"base\": \"EUR\", \"quote\": \"eur\"}; arguments.quotes: only the base",
                "exchange_rates; {\"quote\": \"EUR\", \"quotes\": [\"USD\"]}; arguments.quote: beside quotes",
                "exchange_rates; {\"quotes\": [\"EUR\", 1]}; arguments.quotes[1]: a number",
                "birth_chart; {\"user_id\": \"somebody else\"}; arguments.user_id: unknown field (expected: none)",
                "birth_chart; {\"date\": \"1990-01-01\"}; arguments.date: unknown field (expected: none)",
                "birth_chart; []; arguments: an array (expected: an object)"
            })
    void tellsTheModelWhatIsWrongWithItsArguments(String kind, String arguments, String detail)
            throws Exception {
        // when
        var answer = server.ask(kind, about(arguments));

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("code").asString()).isEqualTo("invalid_request");
        assertThat(json(answer).path("detail").asString()).startsWith(detail);
        assertThat(simulator.weather().calls().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; user_id: missing (expected: a text)",
                "{\"user_id\":\"asha\"}; profile_version: missing",
                "{\"user_id\":\"asha\",\"profile_version\":-1}; profile_version: -1",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"profile\":\"third\"}; profile: no such choice",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"profile\":\"second\"}; profile: second (expected: first",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"format\":\"yaml\"}; format: no such choice",
                "{\"user_id\":\"asha\",\"profile_version\":1,\"at\":1}; at: unknown field"
            })
    void refusesAQuestionThatIsNone(String body, String detail) throws Exception {
        // when
        var answer = server.ask("weather", body);

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asString()).startsWith(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST; tarot; {}; application/json; 404; not_found",
                "POST; weather/now; {}; application/json; 404; not_found",
                "PUT; weather; {}; application/json; 405; method_not_allowed",
                "POST; weather; {; application/json; 400; malformed_json",
                "POST; weather; []; application/json; 400; malformed_json",
                "POST; weather; {}; text/plain; 415; unsupported_media_type"
            })
    void saysNoByAStableCode(
            String method, String kind, String body, String type, int status, String code)
            throws Exception {
        // when
        var answer =
                server.ask(
                        method,
                        kind,
                        body,
                        "Authorization",
                        "Bearer " + FactsServer.token(),
                        "Content-Type",
                        type);

        // then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void readsNoBodyThatIsTooLarge() throws Exception {
        // when
        var answer = server.ask("weather", ASHA + " ".repeat(FactsEndpoint.MOST_BYTES));

        // then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("code").asString()).isEqualTo("payload_too_large");
    }

    @Test
    void asksToComeAgainWhileProfilesCannotBeRead() throws Exception {
        // when
        var answer = server.ask("weather", ASHA.replace("asha", "unreadable"));

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asString()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }
}
