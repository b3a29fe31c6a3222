package dev.orrery.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.StreamingClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicChatModelTest extends ChatModelContract {

    private static final String START =
            event(
                    "message_start",
                    """
                    "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x",\
                    "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":31,\
                    "cache_creation_input_tokens":5,"cache_read_input_tokens":100,"output_tokens":1}}\
                    """);
    private static final String TEXT_BLOCK =
            event(
                    "content_block_start",
                    """
                    "index":0,"content_block":{"type":"text","text":""}\
                    """);
    private static final String PING = event("ping", null);
    private static final String BLOCK_STOP = event("content_block_stop", "\"index\":0");
    private static final String MESSAGE_STOP = event("message_stop", null);

    @Override
    protected ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new StreamingClient("anthropic", settings, ticker));
        var endpoint =
                new AnthropicEndpoint(
                        URI.create(url + "/v1/"), "key-1", Map.of("anthropic-beta", "some-beta"));
        return new AnthropicChatModel(endpoint, client, Clock.systemUTC(), ticker);
    }

    @Override
    protected PlayedAnswer answering(String... texts) {
        var events = opening(texts);
        events.add(BLOCK_STOP);
        events.add(messageDelta("end_turn"));
        events.add(MESSAGE_STOP);
        return PlayedAnswer.events(events.toArray(String[]::new));
    }

    @Override
    protected PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(opening(texts).toArray(String[]::new));
    }

    private static List<String> opening(String... texts) {
        var events = new ArrayList<>(List.of(START, TEXT_BLOCK, PING));
        for (var text : texts) {
            events.add(
                    event(
                            "content_block_delta",
                            """
                            "index":0,"delta":{"type":"text_delta","text":"%s"}\
                            """
                                    .formatted(text)));
        }
        return events;
    }

    private static String messageDelta(String reason) {
        return event(
                "message_delta",
                """
                "delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":6}\
                """
                        .formatted(reason));
    }

    private static String event(String type, @Nullable String fields) {
        return ServerSent.named(
                type, "{\"type\":\"" + type + "\"" + (fields == null ? "" : "," + fields) + "}");
    }

    @Override
    protected List<byte[]> errorEvent() {
        return ServerSent.bytes(
                event(
                        "error",
                        """
                        "error":{"type":"overloaded_error","message":"%s"}\
                        """
                                .formatted(MARKER)));
    }

    @Override
    protected List<byte[]> brokenEvent() {
        return ServerSent.bytes("event: content_block_delta\ndata: {\"type\":" + MARKER + "\n\n");
    }

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
    void countsCachedAndWrittenTokensAsInput() {
        assertThat(hear(answering("Hi")).usage())
                .isEqualTo(new ModelChunk.Usage(136, 6, 100L, null));
    }

    @Test
    void takesTheLastStatementOfUsageForTheWhole() {
        // given
        var last =
                event(
                        "message_delta",
                        """
                        "delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":40,\
                        "cache_read_input_tokens":0,"output_tokens":9}\
                        """);

        // when
        var heard = hear(PlayedAnswer.events(START, messageDelta("end_turn"), last, MESSAGE_STOP));

        // then
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(45, 9, 0L, null));
    }

    @Test
    void leavesUsageUnknownWhereNoneIsStated() {
        // given
        var silent = event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"}");

        // when
        var heard = hear(PlayedAnswer.events(event("message_start", "\"message\":{}"), silent));

        // then
        assertThat(heard.usage()).isNull();
    }

    @Test
    void isNotFinishedByAReasonAlone() {
        // when
        var heard = hear(PlayedAnswer.events(START, messageDelta("end_turn")));

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).isEmpty();
    }

    @Test
    void isNotFinishedWithoutAReason() {
        assertFails(PlayedAnswer.events(START, MESSAGE_STOP), ModelFailure.MalformedResponse.class);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP",
        "stop_sequence, STOP",
        "max_tokens, LENGTH",
        "model_context_window_exceeded, LENGTH",
        "tool_use, TOOL",
        "refusal, FILTERED",
        "something_new, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        // given
        var events = opening("Hi");
        events.add(messageDelta(wire));
        events.add(MESSAGE_STOP);

        // when
        var heard = hear(PlayedAnswer.events(events.toArray(String[]::new)));

        // then
        assertThat(heard.finishes()).containsExactly(reason);
    }

    @Test
    void takesAnUnknownReasonForAnErrorWhereThereIsNoText() {
        assertThat(
                        hear(PlayedAnswer.events(
                                        START, messageDelta("something_new"), MESSAGE_STOP))
                                .finishes())
                .containsExactly(FinishReason.ERROR);
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                event(
                                        "content_block_start",
                                        """
                                        "index":0,"content_block":{"type":"thinking","thinking":""}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":0,"delta":{"type":"signature_delta","signature":"c2ln"}\
                                        """),
                                BLOCK_STOP,
                                event(
                                        "content_block_delta",
                                        """
                                        "index":1,"delta":{"type":"text_delta","text":"Yes."}\
                                        """),
                                messageDelta("end_turn"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void countsCallsOfToolsFromZeroWhateverTheirBlocks() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                TEXT_BLOCK,
                                toolBlock(1, "toolu_1", "get_weather"),
                                arguments(1, ""),
                                arguments(1, "{\\\"city\\\":"),
                                arguments(1, "\\\"Oslo\\\"}"),
                                event(
                                        "content_block_start",
                                        """
                                        "index":2,"content_block":{"type":"server_tool_use","id":"s",\
                                        "name":"web_search","input":{}}\
                                        """),
                                arguments(2, "{}"),
                                toolBlock(3, "toolu_2", "get_time"),
                                arguments(3, "{}"),
                                messageDelta("tool_use"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(0, "toolu_1", "get_weather", ""),
                        new ModelChunk.ToolFragment(0, null, null, "{\"city\":"),
                        new ModelChunk.ToolFragment(0, null, null, "\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "toolu_2", "get_time", ""),
                        new ModelChunk.ToolFragment(1, null, null, "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    private static String toolBlock(int index, String id, String name) {
        return event(
                "content_block_start",
                """
                "index":%d,"content_block":{"type":"tool_use","id":"%s","name":"%s","input":{}}\
                """
                        .formatted(index, id, name));
    }

    private static String arguments(int index, String piece) {
        return event(
                "content_block_delta",
                """
                "index":%d,"delta":{"type":"input_json_delta","partial_json":"%s"}\
                """
                        .formatted(index, piece));
    }

    @Test
    void passesOverWhatALaterVersionAdds() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                START,
                                event("message_hint", "\"hint\":{\"a\":[1]}"),
                                event(
                                        "content_block_start",
                                        """
                                        "index":0,"content_block":{"type":"fallback"}\
                                        """),
                                event(
                                        "content_block_delta",
                                        """
                                        "index":1,"delta":{"type":"text_delta","text":"Hi"}\
                                        """),
                                messageDelta("end_turn"),
                                MESSAGE_STOP));

        // then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, m, rejected_input",
        "400, invalid_request_error, prompt is too long: 214000 tokens > 200000 maximum,"
                + " context_too_long",
        "400, invalid_request_error, input length and `max_tokens` exceed context limit: 9,"
                + " context_too_long",
        "400, invalid_request_error, Your credit balance is too low, quota_exhausted",
        "400, invalid_request_error, You have reached your specified API usage limits.,"
                + " quota_exhausted",
        "401, authentication_error, m, unauthorised",
        "402, billing_error, m, quota_exhausted",
        "403, permission_error, m, unauthorised",
        "404, not_found_error, m, unauthorised",
        "409, conflict_error, m, server_error",
        "413, request_too_large, m, context_too_long",
        "429, rate_limit_error, m, rate_limited",
        "500, api_error, m, server_error",
        "504, timeout_error, m, server_error",
        "529, overloaded_error, m, overloaded",
        "503, something_new, m, overloaded"
    })
    void tellsFailuresByTheirType(int status, String type, String message, String code) {
        // given
        var body =
                """
                {"type":"error","error":{"type":"%s","message":"%s %s"},"request_id":"req_1"}\
                """
                        .formatted(type, message, MARKER);

        // when
        var heard = hear(PlayedAnswer.json(status, body).with("retry-after", "3"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code))
                .message()
                .doesNotContain(MARKER);
    }

    @Test
    void doesNotTakeASpentBudgetForHaste() {
        assertFails(
                PlayedAnswer.json(
                                429,
                                """
                                {"type":"error","error":{"type":"rate_limit_error","message":"m",
                                 "details":{"error_code":"enforced_spend_limit_reached"}}}\
                                """)
                        .with("retry-after", "3"),
                ModelFailure.QuotaExhausted.class);
    }

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @Test
    void tellsNothingOfItsKey() {
        assertThat(new AnthropicEndpoint(URI.create("https://host/v1"), "key-1", Map.of()))
                .hasToString("AnthropicEndpoint[https://host/v1]");
    }

    @Test
    void passesRetryAfterOfARateLimitOn() {
        // when
        var heard =
                hear(
                        PlayedAnswer.json(
                                        429,
                                        """
                                        {"type":"error","error":{"type":"rate_limit_error"}}\
                                        """)
                                .with("retry-after", "17"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
    }
}
