package dev.orrery.llm.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.bedrock.BedrockAccess.Credentials;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockChatModelTest extends ChatModelContract {

    private static final String CLAUDE = "anthropic.claude-x-v1:0";
    private static final byte[] START = Frames.event("messageStart", "{\"role\":\"assistant\"}");
    private static final byte[] METADATA =
            Frames.event(
                    "metadata",
                    """
                    {"usage":{"inputTokens":31,"outputTokens":6,"totalTokens":142,\
                    "cacheReadInputTokens":100,"cacheWriteInputTokens":5},\
                    "metrics":{"latencyMs":234},"p":"abc"}\
                    """);

    @Override
    protected ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        return open(new Credentials.Keys("AKID", "secret-1", "session-1"), url, settings, ticker);
    }

    private ChatModel open(
            Credentials credentials, String url, HttpSettings settings, Ticker ticker) {
        var access = new BedrockAccess(credentials, "ap-south-1", url + "/{region}");
        return closing(new BedrockChatModel(access, settings, Clock.systemUTC(), ticker));
    }

    @Override
    protected String contentType() {
        return Frames.CONTENT_TYPE;
    }

    @Override
    protected PlayedAnswer answering(String... texts) {
        var frames = opening(texts);
        frames.add(Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"));
        frames.add(stop("end_turn"));
        frames.add(METADATA);
        return stream(frames);
    }

    @Override
    protected PlayedAnswer beginning(String... texts) {
        return stream(opening(texts));
    }

    private static List<byte[]> opening(String... texts) {
        var frames = new ArrayList<>(List.of(START));
        for (var text : texts) {
            frames.add(text(text));
        }
        return frames;
    }

    private static PlayedAnswer stream(List<byte[]> frames) {
        return PlayedAnswer.stream(Frames.CONTENT_TYPE, frames);
    }

    private static byte[] text(String text) {
        return delta(0, "{\"text\":\"%s\"}".formatted(text));
    }

    private static byte[] delta(int block, String delta) {
        return Frames.event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":%d,\"delta\":%s,\"p\":\"abcd\"}".formatted(block, delta));
    }

    private static byte[] stop(String reason) {
        return Frames.event("messageStop", "{\"stopReason\":\"%s\"}".formatted(reason));
    }

    @Override
    protected List<byte[]> errorEvent() {
        return List.of(
                Frames.exception(
                        "serviceUnavailableException", "{\"message\":\"%s\"}".formatted(MARKER)));
    }

    /** A frame whose check sum is wrong. */
    @Override
    protected List<byte[]> brokenEvent() {
        var frame = text(MARKER);
        frame[frame.length - 1] ^= 1;
        return List.of(frame);
    }

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
                "a-b-1"
            })
    void callsNothingThatIsNoRegion(String region) {
        // when
        var heard = Heard.of(model().stream(in(region)));

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.RejectedInput.class);
        assertThat(provider.asked()).isEmpty();
    }

    private static Prompt in(@Nullable String region) {
        var conversation =
                new Conversation(
                        "",
                        List.of(new Conversation.Message(Conversation.Role.USER, "Hello")),
                        null,
                        null,
                        null,
                        64);
        return new Prompt(CLAUDE, region, conversation, Prompts.CONNECT);
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
    void countsCachedAndWrittenTokensAsInput() {
        assertThat(hear(answering("Hi")).usage())
                .isEqualTo(new ModelChunk.Usage(136, 6, 100L, null));
    }

    @Test
    void readsUsageThatComesBeforeTheStop() {
        // when
        var heard = hear(stream(List.of(START, text("Hi"), METADATA, stop("end_turn"))));

        // then
        assertThat(heard.usage()).isNotNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void leavesUsageUnknownWhereNoneIsStated() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        text("Hi"),
                                        stop("end_turn"),
                                        Frames.event("metadata", "{\"metrics\":{}}"))));

        // then
        assertThat(heard.usage()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL",
        "guardrail_intervened, FILTERED",
        "content_filtered, FILTERED",
        "malformed_model_output, ERROR",
        "malformed_tool_use, ERROR",
        "something_new, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        assertThat(hear(stream(List.of(text("Hi"), stop(wire)))).finishes())
                .containsExactly(reason);
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        START,
                                        delta(0, "{\"reasoningContent\":{\"text\":\"Hm.\"}}"),
                                        delta(0, "{\"reasoningContent\":{\"signature\":\"c2ln\"}}"),
                                        delta(1, "{\"text\":\"Yes.\"}"),
                                        stop("end_turn"))));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void countsCallsOfToolsFromZeroWhateverTheirBlocks() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        START,
                                        text("Let me see."),
                                        call(1, "t1", "get_weather"),
                                        delta(1, "{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}"),
                                        delta(1, "{\"toolUse\":{\"input\":\"\\\"Oslo\\\"}\"}}"),
                                        call(2, "t2", "get_time"),
                                        delta(2, "{\"toolUse\":{\"input\":\"{}\"}}"),
                                        stop("tool_use"))));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "t1", "get_weather", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{\"city\":"),
                        new ModelChunk.ToolFragment(0, null, null, "\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "t2", "get_time", ""),
                        new ModelChunk.ToolFragment(1, null, null, "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    private static byte[] call(int block, String id, String name) {
        return Frames.event(
                "contentBlockStart",
                """
                {"contentBlockIndex":%d,"start":{"toolUse":{"toolUseId":"%s","name":"%s"}}}\
                """
                        .formatted(block, id, name));
    }

    @Test
    void readsFramesThatAnotherEncoderWrote() {
        // given: made by hand from the description of the format
        var delta =
                Base64.getDecoder()
                        .decode(
                                "AAAAlAAAAFe0q5ruCzpldmVudC10eXBlBwARY29udGVudEJsb2NrRGVsdGENOmNvbnRlbnQ"
                                        + "tdHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJjb250"
                                        + "ZW50QmxvY2tJbmRleCI6MCwiZGVsdGEiOnsidGV4dCI6IkhpIn19H5RGVw==");
        var stop =
                Base64.getDecoder()
                        .decode(
                                "AAAAegAAAFHKLEZlCzpldmVudC10eXBlBwALbWVzc2FnZVN0b3ANOmNvbnRlbnQtdHlwZQc"
                                        + "AEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJzdG9wUmVhc29u"
                                        + "IjoiZW5kX3R1cm4ifV+/Cfw=");

        // when
        var heard = hear(stream(List.of(delta, stop)));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, m, rejected_input",
        "400, ValidationException, Input is too long for requested model., context_too_long",
        "400, ValidationException, The model returned the following errors: prompt is too long,"
                + " context_too_long",
        "400, ServiceQuotaExceededException, m, quota_exhausted",
        "403, AccessDeniedException, m, unauthorised",
        "403, UnrecognizedClientException, m, unauthorised",
        "403, ExpiredTokenException, m, unauthorised",
        "404, ResourceNotFoundException, m, unauthorised",
        "408, ModelTimeoutException, m, server_error",
        "424, ModelErrorException, m, server_error",
        "429, ThrottlingException, Too many requests, rate_limited",
        "429, ThrottlingException, Too many tokens per day, quota_exhausted",
        "429, ModelNotReadyException, m, overloaded",
        "500, InternalServerException, m, server_error",
        "503, ServiceUnavailableException, m, overloaded",
        "503, SomethingNewException, m, overloaded"
    })
    void tellsFailuresByTheirName(int status, String name, String message, String code) {
        // given
        var answer =
                PlayedAnswer.json(status, "{\"message\":\"%s %s\"}".formatted(message, MARKER))
                        .with("x-amzn-errortype", name + ":http://internal.amazon.com/coral/")
                        .with("x-amzn-requestid", "req-1");

        // when
        var heard = hear(answer);

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
        assertThat(provider.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throttlingException | {\"message\":\"Too many requests\"} | rate_limited",
                "validationException | {\"message\":\"Input is too long for requested model\"}"
                        + " | context_too_long",
                "validationException | {\"message\":\"m\"} | rejected_input",
                "internalServerException | {\"message\":\"m\"} | server_error",
                "serviceUnavailableException | {\"message\":\"m\"} | overloaded",
                "modelStreamErrorException | {\"originalStatusCode\":429,\"originalMessage\":\"m\"}"
                        + " | rate_limited",
                "modelStreamErrorException | {\"originalStatusCode\":500,\"message\":\"m\"}"
                        + " | server_error",
                "modelStreamErrorException | {\"message\":\"m\"} | server_error",
                "somethingNewException | {\"message\":\"m\"} | server_error"
            })
    void tellsFailuresInsideAStream(String name, String body, String code) {
        // when
        var heard = hear(stream(List.of(START, text("Once "), Frames.exception(name, body))));

        // then
        assertThat(heard.text()).isEqualTo("Once ");
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code));
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    void failsOnAPayloadThatIsNoJson() {
        assertFails(
                stream(List.of(Frames.event("contentBlockDelta", "{\"delta\":" + MARKER))),
                ModelFailure.MalformedResponse.class);
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        // when
        var heard =
                hear(
                        stream(
                                List.of(
                                        Frames.event("somethingNew", "{\"a\":[1]}"),
                                        text("Hi"),
                                        stop("end_turn"))));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
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
}
