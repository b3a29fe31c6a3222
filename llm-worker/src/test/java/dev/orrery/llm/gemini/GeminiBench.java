package dev.orrery.llm.gemini;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.testing.AdapterBench;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.testing.ToolForms;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How Gemini writes. */
abstract class GeminiBench extends AdapterBench {

    static final String USAGE =
            """
            "usageMetadata":{"promptTokenCount":31,"candidatesTokenCount":4,"totalTokenCount":75,\
            "thoughtsTokenCount":40,"cachedContentTokenCount":16,\
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":31}]},\
            "modelVersion":"gemini-x","responseId":"r1\"\
            """;

    private static final String WEATHER =
            "{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}}}";

    @Override
    public ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new ProviderClient("gemini", settings, ticker));
        var endpoint =
                new GeminiEndpoint(URI.create(url + "/v1beta"), "key-1", Map.of("x-more", "1"));
        return new GeminiChatModel(endpoint, client, Clock.systemUTC());
    }

    @Override
    public PlayedAnswer answering(String... texts) {
        return PlayedAnswer.events(
                Stream.concat(
                                Arrays.stream(texts).map(GeminiChatModelTest::text),
                                Stream.of(finish("STOP", USAGE)))
                        .toArray(String[]::new));
    }

    @Override
    public PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(
                Arrays.stream(texts).map(GeminiChatModelTest::text).toArray(String[]::new));
    }

    @Override
    public PlayedAnswer whole(String text) {
        return content("{\"text\":\"%s\"}".formatted(text), "\"finishReason\":\"STOP\",");
    }

    @Override
    public PlayedAnswer wholeWithoutEnd(String text) {
        return content("{\"text\":\"%s\"}".formatted(text), "");
    }

    @Override
    public PlayedAnswer calling() {
        return PlayedAnswer.events(parts(WEATHER), finish("STOP", USAGE));
    }

    @Override
    public PlayedAnswer wholeCalling() {
        return content(WEATHER, "\"finishReason\":\"STOP\",");
    }

    static PlayedAnswer content(String parts, String reason) {
        return PlayedAnswer.json(
                200,
                """
                {"candidates":[{"content":{"parts":[%s],"role":"model"},%s"index":0}],%s}\
                """
                        .formatted(parts, reason, USAGE));
    }

    static String text(String text) {
        return parts("{\"text\":\"%s\"}".formatted(text));
    }

    static String parts(String parts) {
        return ServerSent.data(
                """
                {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0}]}\
                """
                        .formatted(parts));
    }

    static String finish(String reason, @Nullable String more) {
        return ServerSent.data(
                """
                {"candidates":[{"content":{"role":"model"},"finishReason":"%s","index":0}]%s}\
                """
                        .formatted(reason, more == null ? "" : "," + more));
    }

    @Override
    public ToolForms toolForms() {
        return new ToolForms(
                "/contents",
                """
                [{"role":"user","parts":[{"text":"Weather in Oslo and Rome?"}]},
                 {"role":"model","parts":[{"text":"One moment."},
                  {"functionCall":{"id":"call00001","name":"get_weather","args":{"city":"Oslo"}},
                   "thoughtSignature":"skip_thought_signature_validator"},
                  {"functionCall":{"id":"call00002","name":"get_weather","args":{"city":"Rome"}}}]},
                 {"role":"user","parts":[
                  {"functionResponse":{"id":"call00002","name":"get_weather",
                   "response":{"result":"It rains."}}},
                  {"functionResponse":{"id":"call00001","name":"get_weather",
                   "response":{"celsius":3}}}]},
                 {"role":"model","parts":[{"text":"3 degrees, and rain."}]},
                 {"role":"user","parts":[{"text":"And Paris?"}]},
                 {"role":"model","parts":[
                  {"functionCall":{"id":"call00003","name":"get_weather","args":{"city":"Paris"}},
                   "thoughtSignature":"skip_thought_signature_validator"}]},
                 {"role":"user","parts":[
                  {"functionResponse":{"id":"call00003","name":"get_weather",
                   "response":{"result":" "}}}]}]
                """,
                "/toolConfig/functionCallingConfig",
                "{\"mode\":\"NONE\"}",
                "{\"mode\":\"ANY\"}",
                "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"get_weather\"]}");
    }

    @Override
    public List<byte[]> errorEvent() {
        return ServerSent.bytes(ServerSent.data(error(503, "UNAVAILABLE", MARKER, "")));
    }

    @Override
    public List<byte[]> brokenEvent() {
        return ServerSent.bytes(ServerSent.data("{\"candidates\":[" + MARKER));
    }

    static String error(int code, String status, String message, String details) {
        return """
        {"error":{"code":%d,"message":"%s","status":"%s","details":[%s]}}\
        """
                .formatted(code, message, status, details);
    }

    static String exhausted(String period, String delay) {
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
}
