package dev.orrery.enrichment;

import static dev.orrery.enrichment.RunningEnrichmentWorker.GATEWAY_KEY;
import static dev.orrery.enrichment.RunningEnrichmentWorker.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** The app as it is deployed, and what others ask of it. */
@ExtendWith(SharedEnrichmentWorker.class)
class EnrichmentWorkerHttpTest {

    private final RunningEnrichmentWorker worker;

    EnrichmentWorkerHttpTest(RunningEnrichmentWorker worker) {
        this.worker = worker;
    }

    @Test
    void servesChartsToThoseWhoShowItsAccount() throws Exception {
        // given
        var birth =
                "{\"day\":15,\"month\":8,\"year\":1947,\"hour\":0,\"min\":0,\"lat\":28.6139,\"lon\":77.209,\"tzone\":5.5}";
        var request =
                HttpRequest.newBuilder(worker.url("/astrology/v1/planets"))
                        .POST(HttpRequest.BodyPublishers.ofString(birth));

        // when
        try (var client = HttpClient.newHttpClient()) {
            var stranger = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var known =
                    client.send(
                            request.header("x-astrologyapi-key", "a-secret").build(),
                            HttpResponse.BodyHandlers.ofString());

            // then
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(known.body()).startsWith("[{\"id\":0,\"name\":\"Sun\"");
        }
    }

    @Test
    void tellsAServiceTheChartThatATurnHasGathered() throws Exception {
        // given
        var asha = worker.born("05:15");
        var request = request(asha, Requests.birthChart(true));
        worker.publish(request);
        var gathered = worker.contextOf(request).value().getFacts().getFirst();
        var token =
                new ServiceToken(
                        GATEWAY_KEY, "llm-worker", Duration.ofMinutes(1), true, Clock.systemUTC());
        var question = "{\"user_id\":\"" + asha + "\",\"profile_version\":1}";
        var asking =
                HttpRequest.newBuilder(worker.url("/v1/facts/birth_chart"))
                        .header(
                                "Authorization",
                                "Bearer " + token.of(question.getBytes(StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();

        // when
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(asking, HttpResponse.BodyHandlers.ofString());

            // then
            var fact = JsonMapper.shared().readTree(answer.body());
            assertThat(fact.path("layer").asString()).isEqualTo("instance");
            assertThat(fact.path("text").asString()).isEqualTo(gathered.getText());
        }
    }
}
