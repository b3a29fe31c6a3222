package dev.orrery.llm.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.bedrock.BedrockAccess.Credentials;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.time.Ticker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockRequestTest extends BedrockBench {

    @Test
    void sendsAConversationInItsForm() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("amazon.nova-x-v1:0", 0.7, 0.95, Prompts.WEATHER)));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/ap-south-1/model/amazon.nova-x-v1%3A0/converse-stream");
        assertThat(asked.headers())
                .containsEntry("x-amz-security-token", "session-1")
                .hasEntrySatisfying(
                        "authorization",
                        it ->
                                assertThat(it)
                                        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
                                        .contains("/ap-south-1/bedrock/aws4_request"));
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"system":[{"text":"You are Mira."}],
                                 "messages":[
                                  {"role":"user","content":[{"text":"Hello"}]},
                                  {"role":"assistant","content":[{"text":"Hi."}]},
                                  {"role":"user","content":[{"text":"Will it rain?"},
                                                            {"text":"In Oslo?"}]}],
                                 "inferenceConfig":{"maxTokens":256,"temperature":0.7,"topP":0.95},
                                 "additionalModelRequestFields":{"inferenceConfig":{"topK":40}},
                                 "toolConfig":{"tools":[{"toolSpec":{"name":"get_weather",
                                  "description":"The weather now","inputSchema":{"json":
                                   {"type":"object","properties":{"city":{"type":"string"}},
                                    "required":["city"],"additionalProperties":false}}}}]}}
                                """));
    }

    @Test
    void sendsClaudeATemperatureAlone() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("apac." + CLAUDE, 1.4, 0.95)));

        // then
        var body = Json.of(provider.asked().getFirst().body());
        assertThat(body.path("inferenceConfig"))
                .isEqualTo(Json.of("{\"maxTokens\":256,\"temperature\":1.0}"));
        assertThat(body.path("additionalModelRequestFields")).isEqualTo(Json.of("{\"top_k\":40}"));
    }

    @Test
    void sendsTopKOnlyToModelsThatHaveIt() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("meta.llama-x-v1:0", 1.4, 0.95)));

        // then
        var body = Json.of(provider.asked().getFirst().body());
        assertThat(body.path("inferenceConfig"))
                .isEqualTo(Json.of("{\"maxTokens\":256,\"temperature\":1.4,\"topP\":0.95}"));
        assertThat(body.has("additionalModelRequestFields")).isFalse();
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
                                {"messages":[{"role":"user","content":[{"text":"Hello"}]}],
                                 "inferenceConfig":{"maxTokens":64}}
                                """));
    }

    @Test
    void callsTheRegionOfThePrompt() {
        // given
        provider.playing(answering("Hi"));
        var model = model();

        // when
        Heard.of(model.stream(in("us-east-1")));
        Heard.of(model.stream(in("eu-west-1")));
        Heard.of(model.stream(in(null)));

        // then
        assertThat(provider.asked())
                .extracting(it -> it.uri().split("/")[1])
                .containsExactly("us-east-1", "eu-west-1", "ap-south-1");
        assertThat(provider.asked().getFirst().headers().get("authorization"))
                .contains("/us-east-1/bedrock/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "moon",
                "us-east-1.evil.example",
                "us-east-1/../x",
                "US-EAST-1",
                "a-b-1",
                "us-north-7",
                "aws-global"
            })
    void callsNothingThatIsNoRegion(String region) {
        // when
        var heard = Heard.of(model().stream(in(region)));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.RejectedInput.class);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void goesToARegionHoweverManyInventedOnesWereAskedFor() {
        // given
        provider.playing(answering("Hi"));
        var model = model();
        for (int i = 0; i < 100; i++) {
            Heard.of(model.stream(in("xx-invented-" + i)));
        }

        // when
        Heard.of(model.stream(in("eu-west-1")));

        // then
        assertThat(provider.asked())
                .singleElement()
                .satisfies(it -> assertThat(it.uri()).startsWith("/eu-west-1/"));
    }

    @Test
    void provesItselfWithAnApiKey() {
        // given
        provider.playing(answering("Hi"));
        var model =
                open(
                        new Credentials.ApiKey("key-1"),
                        provider.url(),
                        HttpSettings.defaults(),
                        Ticker.system());

        // when
        Heard.of(model.stream(Prompts.plain(CLAUDE)));

        // then
        assertThat(provider.asked().getFirst().headers())
                .containsEntry("authorization", "Bearer key-1");
    }

    @Test
    void tellsNothingOfItsSecrets() {
        var keys = new Credentials.Keys("AKID", "secret-1", "session-1");
        var access = new BedrockAccess(keys, "ap-south-1", null);
        assertThat(access.toString()).doesNotContain("secret-1", "session-1");
        assertThat(new Credentials.ApiKey("key-1").toString()).doesNotContain("key-1");
    }

    @Test
    void startsWithARegionOnly() {
        assertThatThrownBy(() -> new BedrockAccess(new Credentials.ApiKey("k"), "moon", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("moon");
    }

    @Test
    void asksForNoStreamWhereNoneIsWantedAndForTheSameOtherwise() {
        // given
        provider.playing(answering("Hi"), whole("Hi"));
        var streamed = Prompts.full("amazon.nova-x-v1:0", 0.7, 0.95, Prompts.WEATHER);
        var whole =
                new Prompt(
                        streamed.model(),
                        null,
                        streamed.conversation(),
                        streamed.connectLimit(),
                        false);
        var model = model();

        // when
        Heard.of(model.stream(streamed));
        Heard.of(model.stream(whole));

        // then
        var asked = provider.asked();
        assertThat(asked.getLast().uri())
                .isEqualTo("/ap-south-1/model/amazon.nova-x-v1%3A0/converse");
        assertThat(Json.of(asked.getLast().body())).isEqualTo(Json.of(asked.getFirst().body()));
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
        assertThat(body.path("toolConfig").path("tools"))
                .isEqualTo(
                        Json.of(
                                """
                                [{"toolSpec":{"name":"now",
                                  "inputSchema":{"json":{"type":"object"}}}}]
                                """));
    }
}
