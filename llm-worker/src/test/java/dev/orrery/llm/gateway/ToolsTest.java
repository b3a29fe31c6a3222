package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk.ToolFragment;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.scripted.Script;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A service may offer tools, and is told which of them the model wants to be called. */
class ToolsTest {

    private static final String TOOLS =
            """
            ,"tools":[{"type":"function","function":{"name":"chart","description":"Casts a chart.",
              "parameters":{"type":"object","properties":{"sign":{"type":"string"}}}}},
             {"type":"function","function":{"name":"now"}}]\
            """;

    /** Two calls, the second of which has no id, and an emoji is split between two pieces. */
    private static final Script CALLS =
            Script.nothing()
                    .send(new ToolFragment(0, "c-1", "chart", ""))
                    .send(new ToolFragment(0, null, null, "{\"sign\":\"\uD83E"))
                    .send(new ToolFragment(0, null, null, "\uDE90\"}"))
                    .send(new ToolFragment(1, null, "now", "{}"))
                    .finish(FinishReason.TOOL)
                    .usage(31, 9);

    private static final Script BROKEN =
            Script.nothing()
                    .send(new ToolFragment(0, "c-9", "now", "{"))
                    .fail(new ModelFailure.TruncatedStream("cut", null));

    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void givesTheModelTheToolsOfTheRequest() {
        // given
        var model = gateway.model("openai", Script.answer("Hello."));

        // when
        gateway.post(Asks.with("\"fallbacks\":[]" + TOOLS));

        // then
        assertThat(model.prompts().getFirst().conversation().tools())
                .containsExactly(
                        new Tool(
                                "chart",
                                "Casts a chart.",
                                "{\"type\":\"object\",\"properties\":{\"sign\":{\"type\":\"string\"}}}"),
                        new Tool("now", "", "{\"type\":\"object\",\"properties\":{}}"));
    }

    @Test
    void tellsInOnePieceWhatTheModelWantsToBeCalled() {
        // given
        gateway.model("openai", CALLS);

        // when
        var answer = gateway.post(Asks.with("\"fallbacks\":[]" + TOOLS));

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("finish_reason").asString()).isEqualTo("tool");
        assertThat(answer.json().path("choices").path(0).path("message").toString())
                .isEqualTo(
                        """
                        {"role":"assistant","content":null,"tool_calls":[\
                        {"id":"c-1","type":"function","function":{"name":"chart","arguments":"{\\"sign\\":\\"\uD83E\uDE90\\"}"}},\
                        {"id":"call_1","type":"function","function":{"name":"now","arguments":"{}"}}]}\
                        """);
    }

    @Test
    void givesACallWithoutArgumentsAnEmptyObject() {
        // given
        gateway.model(
                "openai",
                Script.nothing()
                        .send(new ToolFragment(0, "c-1", "now", ""))
                        .finish(FinishReason.TOOL));

        // when
        var answer = gateway.post(Asks.with("\"fallbacks\":[]" + TOOLS));

        // then
        assertThat(
                        answer.json()
                                .at("/choices/0/message/tool_calls/0/function/arguments")
                                .asString())
                .isEqualTo("{}");
    }

    @Test
    void streamsItInTheShapeOfOpenAi() {
        // given
        gateway.model("openai", CALLS);

        // when
        var answer = gateway.post(Asks.streamed(TOOLS));

        // then
        var choices =
                answer.chunks().stream()
                        .map(chunk -> chunk.path("choices").path(0))
                        .filter(choice -> choice.has("delta"))
                        .toList();
        assertThat(choices.stream().map(choice -> choice.path("delta").toString()))
                .containsExactly(
                        delta(
                                "\"role\":\"assistant\",",
                                "{\"index\":0,\"id\":\"c-1\",\"type\":\"function\",\"function\":{\"name\":\"chart\",\"arguments\":\"\"}}"),
                        delta(
                                "",
                                "{\"index\":0,\"function\":{\"arguments\":\"{\\\"sign\\\":\\\"\"}}"),
                        delta(
                                "",
                                "{\"index\":0,\"function\":{\"arguments\":\"\uD83E\uDE90\\\"}\"}}"),
                        delta(
                                "",
                                "{\"index\":1,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}"),
                        "{}");
        assertThat(choices.getLast().path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(answer.events()).last().isEqualTo("[DONE]");
    }

    private static String delta(String role, String call) {
        return "{" + role + "\"tool_calls\":[" + call + "]}";
    }

    @Test
    void takesNoCallBackThatWasShown() {
        // given
        gateway.model("openai", BROKEN);
        var second = gateway.model("groq", CALLS);

        // when
        var answer = gateway.post(Asks.streamed(TOOLS));

        // then
        assertThat(answer.chunks().getLast().path("error").path("code").asString())
                .isEqualTo("answer_broken_off");
        assertThat(second.prompts()).isEmpty();
    }

    @Test
    void voidsBrokenCallsWithAMarkerWhereTheCallerIsReadyForThat() {
        // given
        gateway.model("openai", BROKEN);
        gateway.model("groq", CALLS);

        // when
        var answer = gateway.post(Asks.streamed(TOOLS + ",\"restartable\":true"));

        // then
        var afterwards =
                answer.chunks().stream().dropWhile(chunk -> !chunk.has("restarted")).toList();
        assertThat(afterwards.stream().map(ToolsTest::id).collect(Collectors.joining(" ")))
                .isEqualToIgnoringWhitespace("c-1 call_1");
        assertThat(answer.events()).last().isEqualTo("[DONE]");
    }

    private static String id(JsonNode chunk) {
        return chunk.path("choices")
                .path(0)
                .path("delta")
                .path("tool_calls")
                .path(0)
                .path("id")
                .asString("");
    }

    @Test
    void countsCallsWhereTheProviderDoesNot() {
        // given
        gateway.model(
                "openai",
                Script.nothing()
                        .send(new ToolFragment(0, "c-1", "now", "{\"zone\":\"utc\"}"))
                        .finish(FinishReason.TOOL));

        // when
        var answer = gateway.post(Asks.with("\"fallbacks\":[]" + TOOLS));

        // then
        var usage = answer.json().path("usage");
        assertThat(usage.path("estimated").asBoolean()).isTrue();
        assertThat(usage.path("output_tokens").asLong()).isEqualTo(5); // 17 bytes
    }
}
