package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTest {

    private static final Script ANSWER = Script.answer("A good ", "angle.").usage(31, 4);

    /** Shows some text, and loses its connection. */
    private static final Script BROKEN =
            Script.nothing()
                    .text("A bad ")
                    .fail(new ModelFailure.TruncatedStream("connection lost", null));

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void streamsInTheShapeOfOpenAi() {
        // given
        gateway.model("openai", ANSWER);

        // when
        var answer = gateway.post(Asks.streamed(",\"request_id\":\"r-1\""));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        var head =
                "{\"id\":\"chatcmpl-r-1\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"gpt\",";
        assertThat(answer.events())
                .map(event -> event.replaceAll("\"(created|ms|first_token_ms)\":\\d+", "\"$1\":0"))
                .containsExactly(
                        head
                                + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"A good \"},\"finish_reason\":null}]}",
                        head
                                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"angle.\"},\"finish_reason\":null}]}",
                        head
                                + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        head
                                + "\"choices\":[],\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":4,\"total_tokens\":35},"
                                + "\"provider\":\"openai\",\"attempts\":[{\"provider\":\"openai\",\"model\":\"gpt\",\"result\":\"ok\",\"first_token_ms\":0,\"ms\":0}]}",
                        "[DONE]");
    }

    @Test
    void switchesSilentlyBeforeTheFirstText() {
        // given
        gateway.model("openai", Script.nothing().text(" ", "").silence());
        gateway.model("groq", ANSWER);

        // when
        var answer = gateway.post(Asks.streamed(",\"timeouts\":{\"first_token_ms\":50}"));

        // then
        assertThat(text(answer)).isEqualTo("A good angle.");
        assertThat(answer.events()).last().isEqualTo("[DONE]");
        assertThat(answer.body()).doesNotContain("restarted");
        assertThat(answer.chunks())
                .extracting(chunk -> chunk.path("model").asString(""))
                .containsOnly("llama");
    }

    @Test
    void failsWithAStatusWhenNobodyHasSaidAnything() {
        // given
        gateway.model("openai", Script.failure(new ModelFailure.ServerError("status 500", null)));

        // when
        var answer = gateway.post(Asks.streamed(""));

        // then
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo("all_providers_failed");
    }

    @Test
    void endsWithAnErrorWhenAShownAnswerBreaksOff() {
        // given
        gateway.model("openai", BROKEN);
        var second = gateway.model("groq", ANSWER);

        // when
        var answer = gateway.post(Asks.streamed(""));

        // then
        assertThat(text(answer)).isEqualTo("A bad ");
        var error = answer.chunks().getLast().path("error");
        assertThat(error.path("code").asString()).isEqualTo("answer_broken_off");
        assertThat(error.path("type").asString()).isEqualTo("server_error");
        assertThat(answer.events()).doesNotContain("[DONE]");
        assertThat(second.prompts()).isEmpty();
    }

    @Test
    void endsWithAnErrorWhenTheLastStepBreaksOff() {
        // given
        gateway.model("openai", BROKEN);

        // when
        var answer =
                gateway.post(Asks.with("\"fallbacks\":[],\"stream\":true,\"restartable\":true"));

        // then
        assertThat(answer.chunks().getLast().path("error").path("code").asString())
                .isEqualTo("all_providers_failed");
        assertThat(answer.events()).doesNotContain("[DONE]");
    }

    @Test
    void goesOnAfterAMarkerWhereTheCallerIsReadyForThat() {
        // given
        gateway.model("openai", BROKEN);
        gateway.model("groq", ANSWER);

        // when
        var answer = gateway.post(Asks.streamed(",\"restartable\":true"));

        // then
        var chunks = answer.chunks();
        assertThat(content(chunks.get(0))).isEqualTo("A bad ");
        assertThat(chunks.get(1).path("restarted").path("attempt").asInt()).isEqualTo(2);
        assertThat(chunks.get(1).path("choices").isEmpty()).isTrue();
        assertThat(chunks.get(2).path("choices").path(0).path("delta").path("role").asString())
                .isEqualTo("assistant");
        assertThat(content(chunks.get(2)) + content(chunks.get(3))).isEqualTo("A good angle.");
        assertThat(chunks)
                .extracting(chunk -> chunk.path("model").asString(""))
                .containsExactly("gpt", "llama", "llama", "llama", "llama", "llama");
        assertThat(chunks.getLast().path("provider").asString()).isEqualTo("groq");
        assertThat(answer.events()).last().isEqualTo("[DONE]");
    }

    @Test
    void keepsTheHalvesOfACharacterTogether() {
        // given
        gateway.model("openai", Script.answer("Saturn \uD83E", "\uDE90!"));

        // when
        var answer = gateway.post(Asks.streamed(""));

        // then
        assertThat(text(answer)).isEqualTo("Saturn \uD83E\uDE90!");
    }

    @Test
    void showsTextBeforeTheAnswerIsComplete() throws IOException, InterruptedException {
        // given
        gateway.model("openai", Script.nothing().text("Wait").silence());

        // when
        try (var stream = gateway.open(Asks.streamed(""))) {
            var first = new String(stream.readNBytes(6), java.nio.charset.StandardCharsets.UTF_8);

            // then
            assertThat(first).isEqualTo("data: ");
        }
    }

    @Test
    void breaksTheCallOffWhenTheClientLeaves() throws IOException, InterruptedException {
        // given
        var model = gateway.model("openai", Script.nothing().text("Wait").silence());
        var stream = gateway.open(Asks.streamed(""));
        assertThat(stream.read()).isEqualTo('d');

        // when
        stream.close();

        // then
        await().until(() -> model.cancelled() == 1);
        await().until(() -> gateway.counted("client_gone") == 1);
    }

    private static String text(Answer answer) {
        return answer.chunks().stream().map(StreamTest::content).collect(Collectors.joining());
    }

    private static String content(tools.jackson.databind.JsonNode chunk) {
        return chunk.path("choices").path(0).path("delta").path("content").asString("");
    }
}
