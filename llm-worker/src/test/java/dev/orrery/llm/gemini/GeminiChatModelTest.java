package dev.orrery.llm.gemini;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiChatModelTest extends ChatModelContract {

    private static final String USAGE =
            """
            "usageMetadata":{"promptTokenCount":31,"candidatesTokenCount":4,"totalTokenCount":75,\
            "thoughtsTokenCount":40,"cachedContentTokenCount":16,\
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":31}]},\
            "modelVersion":"gemini-x","responseId":"r1\"\
            """;

    @Override
    protected ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new StreamingClient("gemini", settings, ticker));
        var endpoint =
                new GeminiEndpoint(URI.create(url + "/v1beta"), "key-1", Map.of("x-more", "1"));
        return new GeminiChatModel(endpoint, client, Clock.systemUTC(), ticker);
    }

    @Override
    protected PlayedAnswer answering(String... texts) {
        return PlayedAnswer.events(
                Stream.concat(
                                Arrays.stream(texts).map(GeminiChatModelTest::text),
                                Stream.of(finish("STOP", USAGE)))
                        .toArray(String[]::new));
    }

    @Override
    protected PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(
                Arrays.stream(texts).map(GeminiChatModelTest::text).toArray(String[]::new));
    }

    private static String text(String text) {
        return parts("{\"text\":\"%s\"}".formatted(text));
    }

    private static String parts(String parts) {
        return ServerSent.data(
                """
                {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0}]}\
                """
                        .formatted(parts));
    }

    private static String finish(String reason, @Nullable String more) {
        return ServerSent.data(
                """
                {"candidates":[{"content":{"role":"model"},"finishReason":"%s","index":0}]%s}\
                """
                        .formatted(reason, more == null ? "" : "," + more));
    }

    @Override
    protected List<byte[]> errorEvent() {
        return ServerSent.bytes(ServerSent.data(error(503, "UNAVAILABLE", MARKER, "")));
    }

    @Override
    protected List<byte[]> brokenEvent() {
        return ServerSent.bytes(ServerSent.data("{\"candidates\":[" + MARKER));
    }

    private static String error(int code, String status, String message, String details) {
        return """
        {"error":{"code":%d,"message":"%s","status":"%s","details":[%s]}}\
        """
                .formatted(code, message, status, details);
    }

    @Test
    void sendsAConversationInItsForm() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.full("models/gemini-x", 0.7, 0.95, Prompts.WEATHER)));

        // then
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/v1beta/models/gemini-x:streamGenerateContent?alt=sse");
        assertThat(asked.headers())
                .containsEntry("x-goog-api-key", "key-1")
                .containsEntry("x-more", "1")
                .doesNotContainKey("authorization");
        assertThat(Json.of(asked.body()))
                .isEqualTo(
                        Json.of(
                                """
                                {"systemInstruction":{"parts":[{"text":"You are Mira."}]},
                                 "contents":[
                                  {"role":"user","parts":[{"text":"Hello"}]},
                                  {"role":"model","parts":[{"text":"Hi."}]},
                                  {"role":"user","parts":[{"text":"Will it rain?"},
                                                          {"text":"In Oslo?"}]}],
                                 "generationConfig":{"temperature":0.7,"topP":0.95,"topK":40,
                                  "maxOutputTokens":256},
                                 "tools":[{"functionDeclarations":[{"name":"get_weather",
                                  "description":"The weather now",
                                  "parametersJsonSchema":{"type":"object",
                                   "properties":{"city":{"type":"string"}},
                                   "required":["city"],"additionalProperties":false}}]}]}
                                """));
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
                                {"contents":[{"role":"user","parts":[{"text":"Hello"}]}],
                                 "generationConfig":{"maxOutputTokens":64}}
                                """));
    }

    @Test
    void letsNoNameOfAModelLeadElsewhere() {
        // given
        provider.playing(answering("Hi"));

        // when
        Heard.of(model().stream(Prompts.plain("../../v1/files?x=")));

        // then
        assertThat(provider.asked().getFirst().uri())
                .isEqualTo(
                        "/v1beta/models/..%2F..%2Fv1%2Ffiles%3Fx%3D:streamGenerateContent?alt=sse");
    }

    @Test
    void countsThoughtsAsOutput() {
        assertThat(hear(answering("Hi")).usage()).isEqualTo(new ModelChunk.Usage(31, 44, 16L, 40L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"promptTokenCount\":9,\"totalTokenCount\":9} | 9 | 0 | -",
                "{\"promptTokenCount\":9,\"thoughtsTokenCount\":5,\"totalTokenCount\":14} | 9 | 5 | 5",
                "{\"promptTokenCount\":9,\"thoughtsTokenCount\":5} | 9 | 5 | 5",
                "{\"promptTokenCount\":9,\"toolUsePromptTokenCount\":3,\"candidatesTokenCount\":2}"
                        + " | 12 | 2 | -"
            })
    void readsWhatIsLeftOutAsZero(String usage, long input, long output, @Nullable Long thoughts) {
        // when
        var heard =
                hear(PlayedAnswer.events(text("Hi"), finish("STOP", "\"usageMetadata\":" + usage)));

        // then
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(input, output, null, thoughts));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"promptTokenCount\":9}", "{\"candidatesTokenCount\":9}", "{}"})
    void leavesUsageUnknownWhereHalfOfItIsStated(String usage) {
        assertThat(
                        hear(PlayedAnswer.events(
                                        text("Hi"), finish("STOP", "\"usageMetadata\":" + usage)))
                                .usage())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, LENGTH",
        "SAFETY, FILTERED",
        "RECITATION, FILTERED",
        "BLOCKLIST, FILTERED",
        "PROHIBITED_CONTENT, FILTERED",
        "SPII, FILTERED",
        "IMAGE_SAFETY, FILTERED",
        "OTHER, ERROR",
        "MALFORMED_FUNCTION_CALL, ERROR",
        "SOMETHING_NEW, STOP"
    })
    void tellsWhyTheModelStopped(String wire, FinishReason reason) {
        assertThat(hear(PlayedAnswer.events(text("Hi"), finish(wire, null))).finishes())
                .containsExactly(reason);
    }

    @Test
    void tellsTheUsageOfARefusedPrompt() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                ServerSent.data(
                                        """
                                        {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},\
                                        "usageMetadata":{"promptTokenCount":9,"totalTokenCount":9}}\
                                        """)));

        // then: the chain takes this finish for a refusal
        assertThat(heard.chunks())
                .containsExactly(
                        new ModelChunk.Usage(9, 0, null, null),
                        new ModelChunk.Finished(FinishReason.FILTERED));
    }

    @Test
    void keepsThoughtsApartFromText() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                parts("{\"text\":\"Hm.\",\"thought\":true}"),
                                parts("{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}"),
                                parts("{\"text\":\"Yes.\",\"thought\":false}"),
                                finish("STOP", null)));

        // then
        assertThat(heard.reasoning()).isEqualTo("Hm.");
        assertThat(heard.text()).isEqualTo("Yes.");
    }

    @Test
    void tellsACallForToolsFromARegularStop() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                parts(
                                        """
                                        {"functionCall":{"name":"get_weather","args":{"city":"Oslo"}},\
                                        "thoughtSignature":"c2ln"},\
                                        {"functionCall":{"id":"f-2","name":"get_time"}}\
                                        """),
                                finish("STOP", null)));

        // then
        assertThat(heard.fragments())
                .containsExactly(
                        new ModelChunk.ToolFragment(
                                0, "call_0", "get_weather", "{\"city\":\"Oslo\"}"),
                        new ModelChunk.ToolFragment(1, "f-2", "get_time", "{}"));
        assertThat(heard.finishes()).containsExactly(FinishReason.TOOL);
    }

    @Test
    void readsTheFirstCandidateOnly() {
        // when
        var heard =
                hear(
                        PlayedAnswer.events(
                                ServerSent.data(
                                        """
                                        {"candidates":[\
                                        {"content":{"parts":[{"text":"one"}]},"finishReason":"STOP"},\
                                        {"index":1,"content":{"parts":[{"text":"two"}]},\
                                        "finishReason":"MAX_TOKENS"}]}\
                                        """)));

        // then
        assertThat(heard.text()).isEqualTo("one");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, m, rejected_input",
        "400, INVALID_ARGUMENT, The input token count (12) exceeds the maximum number of tokens"
                + " allowed (8)., context_too_long",
        "400, FAILED_PRECONDITION, m, unauthorised",
        "401, UNAUTHENTICATED, m, unauthorised",
        "402, SOMETHING_NEW, m, quota_exhausted",
        "403, PERMISSION_DENIED, m, unauthorised",
        "404, NOT_FOUND, m, unauthorised",
        "429, RESOURCE_EXHAUSTED, m, rate_limited",
        "499, CANCELLED, m, server_error",
        "500, INTERNAL, m, server_error",
        "503, UNAVAILABLE, m, overloaded",
        "504, DEADLINE_EXCEEDED, m, server_error"
    })
    void tellsFailuresByTheirStatus(int code, String status, String message, String failure) {
        // given
        var body = error(code, status, message + " " + MARKER, "");

        // when
        var answered = hear(PlayedAnswer.json(code, body));
        var inArray = hear(PlayedAnswer.json(code, "[" + body + "]"));
        var inStream = hear(PlayedAnswer.events(ServerSent.data(body)));

        // then
        for (var heard : List.of(answered, inArray, inStream)) {
            assertThat(heard.failure())
                    .isInstanceOfSatisfying(
                            ModelFailure.class, it -> assertThat(it.code()).isEqualTo(failure))
                    .message()
                    .doesNotContain(MARKER);
        }
    }

    @Test
    void takesAWrongKeyForWhatItIs() {
        assertFails(
                PlayedAnswer.json(
                        400,
                        error(
                                400,
                                "INVALID_ARGUMENT",
                                "API key not valid.",
                                """
                                {"@type":"type.googleapis.com/google.rpc.ErrorInfo",
                                 "reason":"API_KEY_INVALID","domain":"googleapis.com"}\
                                """)),
                ModelFailure.Unauthorised.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "34.4s, 34400",
                "0s, 0",
                "0.000000001s, 0",
                "86400s, 3600000",
                "soon, -",
                "-1s, -",
                "99999999999s, -"
            })
    void waitsAsLongAsRetryInfoSays(String delay, @Nullable Long millis) {
        // when
        var heard = hear(PlayedAnswer.json(429, exhausted("PerMinute", delay)));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> {
                            var wait = it.retryAfter();
                            assertThat(wait == null ? null : (Long) wait.toMillis())
                                    .isEqualTo(millis);
                        });
    }

    @Test
    void prefersTheHeaderToRetryInfo() {
        // when
        var heard =
                hear(
                        PlayedAnswer.json(429, exhausted("PerMinute", "34s"))
                                .with("retry-after", "2"));

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    @Test
    void doesNotTakeASpentDayForHaste() {
        assertFails(
                PlayedAnswer.json(429, exhausted("PerDay", "34s")),
                ModelFailure.QuotaExhausted.class);
    }

    private static String exhausted(String period, String delay) {
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota",
                """
                {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
                 {"quotaMetric":"requests","quotaId":"GenerateRequests%sPerProject"}]},
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}\
                """
                        .formatted(period, delay));
    }

    @Test
    void takesTheStreamForFinishedThoughTheResponseStaysOpen() {
        // when
        var heard = hear(answering("Hi").thenSilence());

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
    }
}
