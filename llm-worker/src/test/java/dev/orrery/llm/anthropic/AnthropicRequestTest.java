package dev.orrery.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.Prompts;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicRequestTest extends AnthropicBench {

    @Test
    void sendsAConversationInItsForm() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("claude-x", 1.4, 0.9, Prompts.WEATHER)));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/v1/messages");
        assertThat(asked.headers())
                .containsEntry("x-api-key", "key-1")
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("anthropic-beta", "some-beta")
                .containsEntry("accept", "text/event-stream")
                .doesNotContainKey("authorization");
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"model":"claude-x","max_tokens":256,"stream":true,
                                 "system":"You are Mira.","temperature":1.0,"top_k":40,
                                 "messages":[
                                  {"role":"user","content":[{"type":"text","text":"Hello"}]},
                                  {"role":"assistant","content":[{"type":"text","text":"Hi."}]},
                                  {"role":"user","content":[{"type":"text","text":"Will it rain?"},
                                                            {"type":"text","text":"In Oslo?"}]}],
                                 "tools":[{"name":"get_weather","description":"The weather now",
                                  "input_schema":{"type":"object",
                                   "properties":{"city":{"type":"string"}},
                                   "required":["city"],"additionalProperties":false}}]}
                                """));
    }

    @Test
    void sendsTopPOnlyWhereNoTemperatureIsWanted() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("claude-x", null, 0.9)));

        // then
        var body = Json.of(provider.asked().getFirst().body());
        assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
        assertThat(body.has("temperature")).isFalse();
        assertThat(body.has("tools")).isFalse();
    }

    @Test
    void leavesOutWhatIsNotSaid() {
        // when
        hear(answering("Hi"));

        // then
        assertThat(Json.of(provider.asked().getFirst().body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"model":"model-1","max_tokens":64,"stream":true,"messages":[
                                 {"role":"user","content":[{"type":"text","text":"Hello"}]}]}
                                """));
    }

    @Test
    void asksForNoStreamWhereNoneIsWanted() {
        // when
        hearWhole(whole("Hi"));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.headers()).containsEntry("accept", "application/json");
        assertThat(Json.of(asked.body()).path("stream").asBoolean(true)).isFalse();
    }

    /** It takes no calls without a word of tools. */
    @Test
    void definesWhatWasCalledWhereNoToolIsOnOffer() {
        // given
        provider.playing(answering("Hi"));
        var conversation =
                new Conversation(
                        "",
                        List.of(
                                Prompts.user("Time?"),
                                Message.calling("", new ToolCall("a", "now", "{}")),
                                Message.result("a", "noon")),
                        null,
                        null,
                        null,
                        64);

        // when
        Heard.of(model().stream(new Prompt("model-1", null, conversation, Prompts.CONNECT)));

        // then
        var body = Json.of(provider.asked().getFirst().body());
        assertThat(body.path("tools"))
                .isEqualTo(
                        Json.of(
                                """
                                [{"name":"now","description":"","input_schema":{"type":"object"}}]
                                """));
        assertThat(body.path("tool_choice")).isEqualTo(Json.of("{\"type\":\"none\"}"));
    }
}
