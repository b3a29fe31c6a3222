package dev.orrery.llm.openai;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
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

/** How OpenAI writes. */
abstract class OpenAiBench extends AdapterBench {

    static final String DONE = ServerSent.data("[DONE]");

    private static final String USAGE =
            """
            {"prompt_tokens":31,"completion_tokens":14,"total_tokens":45,\
            "prompt_tokens_details":{"cached_tokens":16,"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":8}}\
            """;

    @Override
    public ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        var client = closing(new ProviderClient("openai", settings, ticker));
        var endpoint =
                new OpenAiCompatible(
                        URI.create(url + "/v1"),
                        "key-1",
                        MaxTokensField.MAX_COMPLETION_TOKENS,
                        true,
                        false,
                        Map.of());
        return new OpenAiChatModel(endpoint, client, Clock.systemUTC());
    }

    @Override
    public PlayedAnswer answering(String... texts) {
        var events = opening(texts);
        events.add(choice("{}", "stop"));
        events.add(usage());
        events.add(DONE);
        return PlayedAnswer.events(events.toArray(String[]::new));
    }

    @Override
    public PlayedAnswer beginning(String... texts) {
        return PlayedAnswer.events(opening(texts).toArray(String[]::new));
    }

    private static List<String> opening(String... texts) {
        var events = new ArrayList<String>();
        events.add(
                ServerSent.data(
                        """
                        {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"role":"assistant",\
                        "content":"","refusal":null},"finish_reason":null}],"usage":null}\
                        """));
        for (var text : texts) {
            events.add(
                    ServerSent.data(
                            """
                            {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"%s"},\
                            "finish_reason":null}],"usage":null}\
                            """
                                    .formatted(text)));
        }
        return events;
    }

    static String choice(String delta, String reason) {
        return ServerSent.data(
                """
                {"id":"chatcmpl-1","choices":[{"index":0,"delta":%s,"finish_reason":"%s"}]}\
                """
                        .formatted(delta, reason));
    }

    private static String piece(String call) {
        return ServerSent.data(
                """
                {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"tool_calls":[%s]},\
                "finish_reason":null}]}\
                """
                        .formatted(call));
    }

    private static String usage() {
        return ServerSent.data("{\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":" + USAGE + "}");
    }

    @Override
    public PlayedAnswer whole(String text) {
        return completion("\"content\":\"%s\",\"refusal\":null".formatted(text), "\"stop\"");
    }

    @Override
    public PlayedAnswer wholeWithoutEnd(String text) {
        return completion("\"content\":\"%s\"".formatted(text), "null");
    }

    @Override
    public PlayedAnswer calling() {
        return PlayedAnswer.events(
                piece(
                        """
                        {"index":0,"id":"call_1","type":"function",\
                        "function":{"name":"get_weather","arguments":""}}\
                        """),
                piece("{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}"),
                piece("{\"index\":0,\"function\":{\"arguments\":\"\\\"Oslo\\\"}\"}}"),
                choice("{}", "tool_calls"),
                usage(),
                DONE);
    }

    @Override
    public PlayedAnswer wholeCalling() {
        return completion(
                """
                "content":null,"tool_calls":[{"id":"call_1","type":"function",
                 "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]\
                """,
                "\"tool_calls\"");
    }

    static PlayedAnswer completion(String message, String reason) {
        return PlayedAnswer.json(
                200,
                """
                {"id":"chatcmpl-1","object":"chat.completion","created":1770933892,"model":"m",
                 "choices":[{"index":0,"message":{"role":"assistant",%s},"logprobs":null,
                             "finish_reason":%s}],
                 "usage":%s}\
                """
                        .formatted(message, reason, USAGE));
    }

    @Override
    public ToolForms toolForms() {
        return new ToolForms(
                "/messages",
                """
                [{"role":"user","content":"Weather in Oslo and Rome?"},
                 {"role":"assistant","content":"One moment.","tool_calls":[
                  {"id":"call00001","type":"function","function":
                   {"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}},
                  {"id":"call00002","type":"function","function":
                   {"name":"get_weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
                 {"role":"tool","tool_call_id":"call00002","content":"It rains."},
                 {"role":"tool","tool_call_id":"call00001","content":"{\\"celsius\\":3}"},
                 {"role":"assistant","content":"3 degrees, and rain."},
                 {"role":"user","content":"And Paris?"},
                 {"role":"assistant","content":null,"tool_calls":[
                  {"id":"call00003","type":"function","function":
                   {"name":"get_weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                 {"role":"tool","tool_call_id":"call00003","content":" "}]
                """,
                "/tool_choice",
                "\"none\"",
                "\"required\"",
                "{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}");
    }

    @Override
    public List<byte[]> errorEvent() {
        return ServerSent.bytes(
                ServerSent.data(
                        """
                        {"error":{"message":"%s","type":"service_unavailable_error",\
                        "param":null,"code":"server_is_overloaded"}}\
                        """
                                .formatted(MARKER)));
    }

    @Override
    public List<byte[]> brokenEvent() {
        return ServerSent.bytes(ServerSent.data("{\"choices\":[" + MARKER));
    }
}
