package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTest {

    private static final Script ANSWER = Script.answer("A good ", "angle.").usage(31, 4);

    private static final Script OVERLOADED =
            Script.failure(new ModelFailure.Overloaded("status 503", null));

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void answersInOnePieceInTheShapeOfTheSpec() {
        // given
        gateway.model("openai", ANSWER);

        // when
        var answer = gateway.post(Asks.with("\"fallbacks\":[],\"request_id\":\"r-1\""));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body().replaceAll("\"(first_token_)?ms\":\\d+", "\"$1ms\":0"))
                .isEqualTo(
                        """
                        {"request_id":"r-1","provider":"openai","model":"gpt","finish_reason":"stop",\
                        "choices":[{"index":0,"message":{"role":"assistant","content":"A good angle."}}],\
                        "usage":{"input_tokens":31,"output_tokens":4},\
                        "attempts":[{"provider":"openai","model":"gpt","result":"ok","first_token_ms":0,"ms":0}]}\
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/generate", "/v1/generate/"})
    void isFoundWithAndWithoutASlash(String path) {
        // given
        gateway.model("openai", ANSWER);

        // when
        var answer =
                gateway.send(
                        gateway.request(path).POST(BodyPublishers.ofString(Asks.SIMPLE)).build());

        // then
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void asksWhatItIsToldToAsk() {
        // given
        var model = gateway.model("openai", ANSWER);

        // when
        gateway.post(
                """
                {"provider":"OpenAI","model":"gpt","system_instruction":"Be brief.","temperature":0.5,
                 "max_tokens":77,"top_p":0.9,"top_k":40,"fallbacks":[],"deadline_ms":5000,
                 "timeouts":{"connect_ms":250,"first_token_ms":3600000},
                 "metadata":{"experiment":"b","additional_config":{"x":1},"tools":null},
                 "messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"Yes?"},
                             {"role":"user","content":"Why?"}]}\
                """);

        // then
        var prompt = model.prompts().getFirst();
        assertThat(prompt.model()).isEqualTo("gpt");
        assertThat(prompt.connectLimit()).isEqualTo(Duration.ofMillis(250));
        var conversation = prompt.conversation();
        assertThat(conversation.systemInstruction()).isEqualTo("Be brief.");
        assertThat(conversation.messages())
                .extracting(Conversation.Message::content)
                .containsExactly("Hello", "Yes?", "Why?");
        assertThat(conversation.temperature()).isEqualTo(0.5);
        assertThat(conversation.topP()).isEqualTo(0.9);
        assertThat(conversation.topK()).isEqualTo(40);
        assertThat(conversation.maxOutputTokens()).isEqualTo(77);
    }

    @Test
    void asksTheServersThatTheRequestNames() {
        // given
        var faulty = gateway.endpoint("http://127.0.0.1:9001/v1", OVERLOADED);
        gateway.endpoint("http://127.0.0.1:9002/v1", ANSWER);
        var configured = gateway.model("openai", Script.answer("Not me."));

        // when
        var answer =
                gateway.post(
                        """
                        {"provider":"openai","model":"a","messages":[{"role":"user","content":"Hi"}],
                         "metadata":{"api_endpoint":"http://127.0.0.1:9001/v1"},
                         "fallbacks":[{"provider":"openai","model":"b"},
                                      {"provider":"openai","model":"a","api_endpoint":"http://127.0.0.1:9002/v1"}]}\
                        """);

        // then
        assertThat(content(answer)).isEqualTo("A good angle.");
        assertThat(answer.json().path("provider").asString()).isEqualTo("openai");
        assertThat(faulty.prompts()).extracting(prompt -> prompt.model()).containsExactly("a", "b");
        assertThat(configured.prompts()).isEmpty();
    }

    @Test
    void namesARegionToBedrockAlone() {
        // given
        var openai = gateway.model("openai", OVERLOADED);
        var bedrock = gateway.model("bedrock", OVERLOADED, ANSWER);

        // when
        gateway.post(
                Asks.with(
                        """
                        "metadata":{"region_name":"eu-west-1"},
                        "fallbacks":[{"provider":"bedrock","model":"m"},
                                     {"provider":"bedrock","model":"m","region_name":"us-east-1"}]\
                        """));

        // then
        assertThat(openai.prompts()).extracting(prompt -> prompt.region()).containsOnlyNulls();
        assertThat(bedrock.prompts())
                .extracting(prompt -> prompt.region())
                .containsExactly("eu-west-1", "us-east-1");
    }

    @Test
    void marksTokensThatItHadToEstimate() {
        // given
        gateway.model("openai", Script.answer("A good angle."));

        // when
        var answer = gateway.post(Asks.SIMPLE);

        // then
        var usage = answer.json().path("usage");
        assertThat(usage.path("estimated").asBoolean()).isTrue();
        assertThat(usage.path("output_tokens").asLong()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  false, true",
        "'',                  true,  true",
        "'\"streaming\":true',  false, true",
        "'\"streaming\":false', false, false",
        "'\"streaming\":false', true,  false"
    })
    void asksForAWholeAnswerWhereTheConfigurationWantsIt(
            String metadata, boolean stream, boolean streamed) {
        // given
        var model = gateway.model("openai", ANSWER);

        // when
        var answer =
                gateway.post(
                        Asks.with(
                                "\"fallbacks\":[],\"stream\":%s,\"metadata\":{%s}"
                                        .formatted(stream, metadata)));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(model.prompts().getFirst().streamed()).isEqualTo(streamed);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"streaming\":true',  '',                      groq",
        "'\"streaming\":false', '',                      openai",
        "'\"streaming\":false', ',\"first_token_ms\":50', groq"
    })
    void waitsForAWholeAnswerAsLongAsACallMayTake(
            String metadata, String timeouts, String provider) {
        // given
        try (var hasty = new RunningGateway("limits.first-token=50ms")) {
            hasty.model(
                    "openai",
                    Script.nothing()
                            .pause(Duration.ofMillis(200))
                            .text("A whole answer.")
                            .finish(FinishReason.STOP));
            hasty.model("groq", ANSWER);

            // when
            var answer =
                    hasty.post(
                            Asks.WITH_FALLBACK.replaceFirst(
                                    "\\{",
                                    "{\"metadata\":{%s},\"timeouts\":{\"stall_ms\":9000%s},"
                                            .formatted(metadata, timeouts)));

            // then
            assertThat(answer.json().path("provider").asString()).isEqualTo(provider);
        }
    }

    @Test
    void keepsTheAddressesOfNamedServersOutOfMetrics() {
        // given
        gateway.endpoint("http://127.0.0.1:9001/v1", OVERLOADED);
        gateway.endpoint("http://127.0.0.1:9002/v1", ANSWER);

        // when
        gateway.post(
                """
                {"provider":"openai","model":"a","messages":[{"role":"user","content":"Hi"}],
                 "metadata":{"api_endpoint":"http://127.0.0.1:9001/v1"},
                 "fallbacks":[{"provider":"openai","model":"a","api_endpoint":"http://127.0.0.1:9002/v1"}]}\
                """);

        // then
        assertThat(gateway.tags("orrery.llm.calls", "result"))
                .containsExactlyInAnyOrder("overloaded", "answered");
        assertThat(gateway.tags("orrery.llm.calls", "provider")).containsOnly("openai@named");
        assertThat(gateway.tags("orrery.llm.tokens", "provider")).containsOnly("openai@named");
    }

    @Test
    void breaksTheCallOffWhenTheClientLeaves() {
        // given
        var model = gateway.model("openai", Script.nothing().silence());
        var waiting = gateway.sending(Asks.SIMPLE);
        await().until(() -> !model.prompts().isEmpty());

        // when
        gateway.hangUp();

        // then
        await().until(() -> model.cancelled() == 1);
        await().until(() -> gateway.counted("client_gone") == 1);
        await().until(waiting::isCompletedExceptionally);
    }

    private static String content(Answer answer) {
        return answer.json().path("choices").path(0).path("message").path("content").asString("");
    }
}
