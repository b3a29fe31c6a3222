package dev.orrery.llm.telemetry;

import static dev.orrery.llm.telemetry.ToldSpans.ANSWER;
import static dev.orrery.llm.telemetry.ToldSpans.OVERLOADED;
import static dev.orrery.llm.telemetry.ToldSpans.PLACE;
import static dev.orrery.llm.telemetry.ToldSpans.TURN;
import static dev.orrery.llm.telemetry.ToldSpans.answer;
import static dev.orrery.llm.telemetry.ToldSpans.attributes;
import static dev.orrery.llm.telemetry.ToldSpans.hex;
import static dev.orrery.llm.telemetry.ToldSpans.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.telemetry.Capture;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real collector is told of the calls of a chain. */
class GenerationSpansTest {

    private final ToldSpans told;

    GenerationSpansTest() throws IOException {
        told = new ToldSpans();
    }

    @AfterEach
    void stop() {
        told.close();
    }

    @Test
    void tellOfEachCallOfAChainBelowWhateverAskedForIt() {
        // given
        told.script("openai", Script.failure(OVERLOADED));
        told.script("bedrock", answer());

        // when
        told.run(Capture.LENGTHS);

        // then
        assertThat(told.spans(2))
                .allSatisfy(span -> {
                    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
                    assertThat(hex(span.getTraceId())).isEqualTo(PLACE.traceId());
                    assertThat(hex(span.getParentSpanId())).isEqualTo(PLACE.parentId());
                    assertThat(attributes(span))
                            .containsEntry("langfuse.observation.type", "generation")
                            .containsEntry("session.id", TURN.getSessionId())
                            .containsEntry("user.id", TURN.getUserId())
                            .containsEntry("langfuse.trace.metadata.bot", TURN.getBotId())
                            .containsEntry("langfuse.trace.metadata.revision", TURN.getRevisionId())
                            .containsEntry("gen_ai.operation.name", "chat")
                            .containsEntry("gen_ai.request.max_tokens", "100");
                });
    }

    @Test
    void tellWhyACallFailed() {
        // given
        told.script("openai", Script.failure(OVERLOADED));
        told.script("bedrock", answer());

        // when
        told.run(Capture.LENGTHS);

        // then
        var failed = told.spans(2).getFirst();
        assertThat(failed.getName()).isEqualTo("chat gpt");
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(failed))
                .containsEntry("error.type", "overloaded")
                .containsEntry("langfuse.observation.level", "ERROR")
                .containsEntry("langfuse.observation.metadata.request_id", "request-1")
                .containsEntry("langfuse.observation.metadata.attempt", "1")
                .containsEntry("langfuse.observation.metadata.fallback", "false")
                .doesNotContainKey("gen_ai.usage.input_tokens");
    }

    @Test
    void tellWhatAnAnswerTookAndCost() {
        // given
        told.script("openai", Script.failure(OVERLOADED));
        told.script("bedrock", answer());

        // when
        told.run(Capture.LENGTHS);

        // then
        var answered = told.spans(2).getLast();
        assertThat(answered.getName()).isEqualTo("chat nova");
        assertThat(answered.getEndTimeUnixNano() - answered.getStartTimeUnixNano())
                .isEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(attributes(answered))
                .containsEntry("gen_ai.provider.name", "aws.bedrock")
                .containsEntry("gen_ai.response.finish_reasons", "[stop]")
                .containsEntry("gen_ai.response.time_to_first_chunk", "0.25")
                .containsEntry("gen_ai.usage.input_tokens", "30")
                .containsEntry("gen_ai.usage.output_tokens", "8")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "20")
                .containsEntry("gen_ai.usage.reasoning.output_tokens", "3")
                .containsEntry("gen_ai.request.temperature", "0.5")
                .containsEntry(
                        "langfuse.observation.model.parameters",
                        "{\"temperature\":0.5,\"max_tokens\":100}")
                .containsEntry(
                        "langfuse.observation.usage_details",
                        "{\"input\":10,\"output\":5,\"input_cached_tokens\":20,"
                                + "\"output_reasoning_tokens\":3,\"total\":38}")
                .containsEntry("langfuse.observation.cost_details", "{\"total\":0.000046}")
                .containsEntry(
                        "langfuse.observation.completion_start_time", "2026-11-24T10:00:00.250Z")
                .containsEntry("langfuse.observation.metadata.usage_estimated", "false")
                .containsEntry("langfuse.observation.metadata.region", "eu-west-1")
                .containsEntry("langfuse.observation.metadata.fallback", "true")
                .containsEntry("langfuse.observation.metadata.before", "[1 openai/gpt overloaded]")
                .containsEntry("langfuse.observation.metadata.request_id", "request-2")
                .containsEntry("langfuse.observation.metadata.prompt_hash", "abc123");
    }

    @Test
    void tellNoTextUnlessItIsAskedFor() {
        // given
        told.script("openai", answer());

        // when
        told.run(Capture.LENGTHS);

        // then
        var span = told.spans(1).getFirst();
        assertThat(span.toString()).doesNotContain("famous", "ada@", "Be brief", "Good day");
        assertThat(attributes(span))
                .containsEntry("langfuse.observation.metadata.input_bytes", "57")
                .containsEntry("langfuse.observation.metadata.output_bytes", "14");
    }

    @Test
    void tellNotEvenLengthsWhenNothingIsToBeCaptured() {
        // given
        told.script("openai", answer());

        // when
        told.run(Capture.NONE);

        // then
        assertThat(attributes(told.spans(1).getFirst()).keySet())
                .noneMatch(name -> name.endsWith("_bytes"));
    }

    @Test
    void tellTextsRedactedAndCutWhenTheyAreAskedFor() {
        // given
        told.script("openai", answer());

        // when
        told.run(Capture.TEXT);

        // then
        assertThat(attributes(told.spans(1).getFirst()))
                .containsEntry(
                        "langfuse.observation.input",
                        "[{\"role\":\"system\",\"content\":\"Be brief and …\"},"
                                + "{\"role\":\"user\",\"content\":"
                                + "\"Will I be famous? Tell [mail]\"}]")
                .containsEntry("langfuse.observation.output", ANSWER);
    }

    @Test
    void tellWhetherTheProviderWasAskedForAStream() {
        // given
        told.script("openai", Script.failure(OVERLOADED));
        told.script("bedrock", answer());
        var origin = new Origin(PLACE, TURN, "abc123");

        // when
        told.run(Capture.LENGTHS, request(origin, true, false));

        // then
        assertThat(told.spans(2))
                .extracting(span -> attributes(span).get("gen_ai.request.stream"))
                .containsExactly("true", "false");
    }

    @Test
    void tellEstimatedTokensAsSuch() {
        // given
        told.script("openai", Script.answer("12345678"));

        // when
        told.run(Capture.LENGTHS);

        // then
        assertThat(attributes(told.spans(1).getFirst()))
                .containsEntry("langfuse.observation.metadata.usage_estimated", "true")
                .containsEntry("gen_ai.usage.output_tokens", "2");
    }

    @Test
    void tellOfACallThatNobodyWaitsForAnyMore() {
        // given
        told.script("openai", Script.nothing().text("Good").silence());
        var running = told.begin(Capture.LENGTHS);

        // when
        running.dispose();

        // then
        var span = told.spans(1).getFirst();
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(attributes(span))
                .containsEntry("langfuse.observation.level", "WARNING")
                .containsEntry("langfuse.observation.metadata.result", "cancelled");
    }

    @Test
    void tellOfTheServiceThatAsksThroughTheGateway() {
        // given
        told.script("openai", answer());
        var client = new Origin.Client("reports", "asha", "r-1");

        // when
        told.run(Capture.LENGTHS, request(Origin.of(client, PLACE)));

        // then
        var span = told.spans(1).getFirst();
        assertThat(hex(span.getTraceId())).isEqualTo(PLACE.traceId());
        assertThat(hex(span.getParentSpanId())).isEqualTo(PLACE.parentId());
        assertThat(attributes(span))
                .containsEntry("orrery.service", "reports")
                .containsEntry("orrery.request.id", "r-1")
                .containsEntry("user.id", "asha")
                .containsEntry("langfuse.trace.name", "gateway")
                .containsEntry("langfuse.trace.metadata.service", "reports")
                .containsEntry("langfuse.trace.metadata.request", "r-1")
                .doesNotContainKeys("session.id", "orrery.turn.id");
    }
}
