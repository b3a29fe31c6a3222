package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How texts are judged, by those that do it. */
class ModerationsTest {

    private static Simulator simulator;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        simulator.close();
    }

    private static HttpResponse<String> asked(String service, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(simulator.url(service) + "/moderations"))
                        .header("Authorization", "Bearer any")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode judged(String service, String body)
            throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(asked(service, body).body());
    }

    @Test
    void findsInATextWhatItSaysThatItIs() throws Exception {
        // when
        var judged =
                judged(
                        "openai",
                        """
                        {"model": "omni-moderation-latest", "input": ["[flag:violence] [flag:self-harm/intent]", "Hi"]}
                        """);

        // then
        assertThat(judged.path("id").asString()).startsWith("modr-");
        assertThat(judged.path("model").asString()).isEqualTo("omni-moderation-latest");
        var first = judged.path("results").path(0);
        assertThat(first.path("flagged").booleanValue()).isTrue();
        assertThat(first.path("categories").size()).isEqualTo(13);
        assertThat(first.at("/categories/violence").booleanValue()).isTrue();
        assertThat(first.path("categories").path("self-harm/intent").booleanValue()).isTrue();
        assertThat(first.at("/categories/hate").booleanValue()).isFalse();
        assertThat(first.at("/category_scores/violence").doubleValue()).isGreaterThan(0.9);
        assertThat(judged.path("results").path(1).path("flagged").booleanValue()).isFalse();
    }

    @Test
    void saysItInTheWordsOfItsVendor() throws Exception {
        // when
        var judged =
                judged(
                        "mistral",
                        "{\"model\": \"mistral-moderation-latest\", \"input\": \"[flag:selfharm]\"}");

        // then
        var result = judged.path("results").path(0);
        assertThat(result.has("flagged")).isFalse();
        assertThat(result.path("categories").size()).isEqualTo(9);
        assertThat(result.at("/categories/selfharm").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sim/status-503, 503", "sim/status-429, 429", "sim/ok, 200"})
    void playsTheFaultThatItsModelNames(String model, int status) throws Exception {
        assertThat(
                        asked("openai", "{\"model\": \"" + model + "\", \"input\": \"Hi\"}")
                                .statusCode())
                .isEqualTo(status);
    }

    @Test
    void refusesWhatItCannotJudge() throws Exception {
        for (var body :
                List.of(
                        "[]",
                        "{\"input\": \"Hi\"}",
                        "{\"model\": \"m\"}",
                        "{\"model\": \"m\", \"input\": []}")) {
            assertThat(asked("openai", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(asked("groq", "{\"model\": \"m\", \"input\": \"Hi\"}").statusCode())
                .isEqualTo(404);
    }
}
