package dev.orrery.llm;

import static dev.orrery.llm.RunningLlmWorker.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.llm.gateway.Tokens;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.gateway.GenerateRequest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/** The gateway of the app as it is deployed, as another service meets it. */
@ExtendWith(SharedLlmWorker.class)
class LlmWorkerGatewayTest {

    private final RunningLlmWorker worker;

    LlmWorkerGatewayTest(RunningLlmWorker worker) {
        this.worker = worker;
    }

    @Test
    void answersServicesThroughTheGateway() {
        // given
        try (var gateway = worker.gateway()) {

            // when
            var generated =
                    gateway.generate(GenerateRequest.ask("openai", "sim/5-tokens", "Hello?"))
                            .blockOptional(PATIENCE)
                            .orElseThrow();

            // then
            assertThat(generated.text()).isNotBlank();
            assertThat(generated.provider()).isEqualTo("openai");
            assertThat(generated.outputTokens()).isPositive();
        }
    }

    @Test
    void tellsWhichServiceHasAModelAskedInTheTraceOfThatService() {
        // given
        var trace = TraceParent.rootOf("the trace of a report");

        // when
        var status =
                WebClient.create(worker.url().toString())
                        .post()
                        .uri("/v1/generate/")
                        .header("Authorization", "jwt " + Tokens.of("reports"))
                        .header("traceparent", trace.toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(
                                """
                                {"provider":"openai","model":"sim/6-tokens","request_id":"report-7","user":"asha",
                                 "messages":[{"role":"user","content":"Hello?"}],"fallbacks":[]}\
                                """)
                        .exchangeToMono(response ->
                                response.releaseBody().thenReturn(response.statusCode()))
                        .block(PATIENCE);

        // then
        assertThat(status).isEqualTo(HttpStatus.OK);
        await().atMost(PATIENCE)
                .until(() -> !worker.spans("orrery.request.id", "report-7").isEmpty());
        assertThat(worker.spans("orrery.request.id", "report-7"))
                .singleElement()
                .satisfies(span -> {
                    assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                            .isEqualTo(trace.traceId());
                    assertThat(HexFormat.of().formatHex(span.getParentSpanId().toByteArray()))
                            .isEqualTo(trace.parentId());
                    assertThat(SpanCollector.text(span, "orrery.service")).isEqualTo("reports");
                    assertThat(SpanCollector.text(span, "user.id")).isEqualTo("asha");
                });
    }
}
