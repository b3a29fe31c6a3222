package dev.orrery.llm.aisdk;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.AdapterBench;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.testing.ToolForms;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a service writes that speaks the UI message stream. */
abstract class AiSdkBench extends AdapterBench {

    static final String FINISH_STOP =
            data(
                    """
                    {"type":"finish","finishReason":"stop","messageMetadata":{"totalUsage":\
                    {"inputTokens":31,"outputTokens":6,"totalTokens":37,"reasoningTokens":2,\
                    "cachedInputTokens":16}}}\
                    """);

    static final String DONE = data("[DONE]");

    @Override
    public ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new ProviderClient("team", settings, ticker));
        var endpoint =
                new AiSdkEndpoint(URI.create(url + "/api/chat"), "key-1", Map.of("x-team", "mira"));
        return new AiSdkChatModel(endpoint, client, Clock.systemUTC(), () -> "chat-1");
    }

    @Override
    public PlayedAnswer answering(String... texts) {
        var events = opening(texts);
        events.add(data("{\"type\":\"text-end\",\"id\":\"t1\"}"));
        events.add(data("{\"type\":\"finish-step\"}"));
        events.add(FINISH_STOP);
        events.add(DONE);
        return PlayedAnswer.events(events.toArray(String[]::new));
    }

    @Override
    public PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(opening(texts).toArray(String[]::new));
    }

    /** The protocol has streams only. */
    @Override
    public PlayedAnswer whole(String text) {
        return answering(text);
    }

    @Override
    public PlayedAnswer wholeWithoutEnd(String text) {
        return beginning(text);
    }

    @Override
    public PlayedAnswer brokenWhole() {
        return PlayedAnswer.stream(contentType(), brokenEvent());
    }

    @Override
    public PlayedAnswer calling() {
        return PlayedAnswer.events(
                data(
                        """
                        {"type":"tool-input-start","toolCallId":"c1","toolName":"get_weather"}\
                        """),
                piece("c1", "{\\\"city\\\":"),
                piece("c1", "\\\"Oslo\\\"}"),
                available("c1", "get_weather", "{\"city\":\"Oslo\"}"),
                data("{\"type\":\"finish\",\"finishReason\":\"tool-calls\"}"),
                DONE);
    }

    @Override
    public PlayedAnswer wholeCalling() {
        return calling();
    }

    static List<String> opening(String... texts) {
        var events =
                new ArrayList<>(
                        List.of(
                                data("{\"type\":\"start\",\"messageId\":\"m1\"}"),
                                data("{\"type\":\"start-step\"}"),
                                data("{\"type\":\"text-start\",\"id\":\"t1\"}")));
        for (var text : texts) {
            events.add(text(text));
        }
        return events;
    }

    static String text(String text) {
        return data("{\"type\":\"text-delta\",\"id\":\"t1\",\"delta\":\"%s\"}".formatted(text));
    }

    static String data(String data) {
        return ServerSent.data(data);
    }

    @Override
    public ToolForms toolForms() {
        return new ToolForms(
                "/messages",
                """
                [{"id":"m0","role":"user","parts":[
                  {"type":"text","text":"Weather in Oslo and Rome?"}]},
                 {"id":"m1","role":"assistant","parts":[{"type":"text","text":"One moment."},
                  {"type":"tool-get_weather","toolCallId":"call00001","state":"output-available",
                   "input":{"city":"Oslo"},"output":"{\\"celsius\\":3}"},
                  {"type":"tool-get_weather","toolCallId":"call00002","state":"output-available",
                   "input":{"city":"Rome"},"output":"It rains."}]},
                 {"id":"m2","role":"assistant","parts":[
                  {"type":"text","text":"3 degrees, and rain."}]},
                 {"id":"m3","role":"user","parts":[{"type":"text","text":"And Paris?"}]},
                 {"id":"m4","role":"assistant","parts":[
                  {"type":"tool-get_weather","toolCallId":"call00003","state":"output-available",
                   "input":{"city":"Paris"},"output":" "}]}]
                """,
                "/toolChoice",
                "\"none\"",
                "\"required\"",
                "{\"type\":\"tool\",\"toolName\":\"get_weather\"}");
    }

    @Override
    public List<byte[]> errorEvent() {
        return ServerSent.bytes(
                data("{\"type\":\"error\",\"errorText\":\"%s\"}".formatted(MARKER)));
    }

    @Override
    public Class<? extends ModelFailure> errorEventMeans() {
        return ModelFailure.ServerError.class;
    }

    @Override
    public List<byte[]> brokenEvent() {
        return ServerSent.bytes(data("{\"type\":\"text-delta\",\"delta\":" + MARKER));
    }

    static String piece(String call, String text) {
        return data(
                """
                {"type":"tool-input-delta","toolCallId":"%s","inputTextDelta":"%s"}\
                """
                        .formatted(call, text));
    }

    static String available(String call, String tool, String input) {
        return data(
                """
                {"type":"tool-input-available","toolCallId":"%s","toolName":"%s","input":%s}\
                """
                        .formatted(call, tool, input));
    }
}
