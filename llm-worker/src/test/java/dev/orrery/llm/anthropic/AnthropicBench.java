package dev.orrery.llm.anthropic;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How Anthropic writes. */
abstract class AnthropicBench extends AdapterBench {

    static final String START =
            event(
                    "message_start",
                    """
                    "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x",\
                    "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":31,\
                    "cache_creation_input_tokens":5,"cache_read_input_tokens":100,"output_tokens":1}}\
                    """);

    static final String TEXT_BLOCK =
            event(
                    "content_block_start",
                    """
                    "index":0,"content_block":{"type":"text","text":""}\
                    """);

    static final String PING = event("ping", null);

    static final String BLOCK_STOP = event("content_block_stop", "\"index\":0");

    static final String MESSAGE_STOP = event("message_stop", null);

    @Override
    public ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new ProviderClient("anthropic", settings, ticker));
        var endpoint =
                new AnthropicEndpoint(
                        URI.create(url + "/v1/"), "key-1", Map.of("anthropic-beta", "some-beta"));
        return new AnthropicChatModel(endpoint, client, Clock.systemUTC());
    }

    @Override
    public PlayedAnswer answering(String... texts) {
        var events = opening(texts);
        events.add(BLOCK_STOP);
        events.add(messageDelta("end_turn"));
        events.add(MESSAGE_STOP);
        return PlayedAnswer.events(events.toArray(String[]::new));
    }

    @Override
    public PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(opening(texts).toArray(String[]::new));
    }

    @Override
    public PlayedAnswer whole(String text) {
        return message("{\"type\":\"text\",\"text\":\"%s\"}".formatted(text), "\"end_turn\"");
    }

    @Override
    public PlayedAnswer wholeWithoutEnd(String text) {
        return message("{\"type\":\"text\",\"text\":\"%s\"}".formatted(text), "null");
    }

    @Override
    public PlayedAnswer calling() {
        return PlayedAnswer.events(
                START,
                toolBlock(0, "toolu_1", "get_weather"),
                arguments(0, "{\\\"city\\\":"),
                arguments(0, "\\\"Oslo\\\"}"),
                messageDelta("tool_use"),
                MESSAGE_STOP);
    }

    @Override
    public PlayedAnswer wholeCalling() {
        return message(
                """
                {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Oslo"}}\
                """,
                "\"tool_use\"");
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    static PlayedAnswer message(String content, String reason) {
        return PlayedAnswer.json(
                200,
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x",
                 "content":[%s],"stop_reason":%s,"stop_sequence":null,
                 "usage":{"input_tokens":31,"cache_creation_input_tokens":5,
                          "cache_read_input_tokens":100,"output_tokens":6}}\
                """
                        .formatted(content, reason));
    }

    static List<String> opening(String... texts) {
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

    static String messageDelta(String reason) {
        return event(
                "message_delta",
                """
                "delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":6}\
                """
                        .formatted(reason));
    }

    static String event(String type, @Nullable String fields) {
        return ServerSent.named(
                type, "{\"type\":\"" + type + "\"" + (fields == null ? "" : "," + fields) + "}");
    }

    @Override
    public ToolForms toolForms() {
        return new ToolForms(
                "/messages",
                """
                [{"role":"user","content":[{"type":"text","text":"Weather in Oslo and Rome?"}]},
                 {"role":"assistant","content":[{"type":"text","text":"One moment."},
                  {"type":"tool_use","id":"call00001","name":"get_weather","input":{"city":"Oslo"}},
                  {"type":"tool_use","id":"call00002","name":"get_weather","input":{"city":"Rome"}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"call00002","content":"It rains."},
                  {"type":"tool_result","tool_use_id":"call00001","content":"{\\"celsius\\":3}"}]},
                 {"role":"assistant","content":[{"type":"text","text":"3 degrees, and rain."}]},
                 {"role":"user","content":[{"type":"text","text":"And Paris?"}]},
                 {"role":"assistant","content":[
                  {"type":"tool_use","id":"call00003","name":"get_weather","input":{"city":"Paris"}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"call00003"}]}]
                """,
                "/tool_choice",
                "{\"type\":\"none\"}",
                "{\"type\":\"any\"}",
                "{\"type\":\"tool\",\"name\":\"get_weather\"}");
    }

    @Override
    public List<byte[]> errorEvent() {
        return ServerSent.bytes(
                event(
                        "error",
                        """
                        "error":{"type":"overloaded_error","message":"%s"}\
                        """
                                .formatted(MARKER)));
    }

    @Override
    public List<byte[]> brokenEvent() {
        return ServerSent.bytes("event: content_block_delta\ndata: {\"type\":" + MARKER + "\n\n");
    }

    static String toolBlock(int index, String id, String name) {
        return event(
                "content_block_start",
                """
                "index":%d,"content_block":{"type":"tool_use","id":"%s","name":"%s","input":{}}\
                """
                        .formatted(index, id, name));
    }

    static String arguments(int index, String piece) {
        return event(
                "content_block_delta",
                """
                "index":%d,"delta":{"type":"input_json_delta","partial_json":"%s"}\
                """
                        .formatted(index, piece));
    }
}
