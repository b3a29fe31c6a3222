package dev.orrery.llm.bedrock;

import dev.orrery.llm.bedrock.BedrockAccess.Credentials;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.testing.AdapterBench;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ToolForms;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How Bedrock writes. */
abstract class BedrockBench extends AdapterBench {

    static final String CLAUDE = "anthropic.claude-x-v1:0";

    static final byte[] START = Frames.event("messageStart", "{\"role\":\"assistant\"}");

    static final byte[] METADATA =
            Frames.event(
                    "metadata",
                    """
                    {"usage":{"inputTokens":31,"outputTokens":6,"totalTokens":142,\
                    "cacheReadInputTokens":100,"cacheWriteInputTokens":5},\
                    "metrics":{"latencyMs":234},"p":"abc"}\
                    """);

    @Override
    public ChatModel open(String url, HttpSettings settings, Ticker ticker) {
        return open(new Credentials.Keys("AKID", "secret-1", "session-1"), url, settings, ticker);
    }

    final ChatModel open(
            Credentials credentials, String url, HttpSettings settings, Ticker ticker) {
        var access = new BedrockAccess(credentials, "ap-south-1", url + "/{region}");
        return closing(new BedrockChatModel(access, settings, Clock.systemUTC(), ticker));
    }

    @Override
    public String contentType() {
        return Frames.CONTENT_TYPE;
    }

    @Override
    public PlayedAnswer answering(String... texts) {
        var frames = opening(texts);
        frames.add(Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"));
        frames.add(stop("end_turn"));
        frames.add(METADATA);
        return stream(frames);
    }

    @Override
    public PlayedAnswer beginning(String... texts) {
        return stream(opening(texts));
    }

    @Override
    public PlayedAnswer whole(String text) {
        return message("{\"text\":\"%s\"}".formatted(text), ",\"stopReason\":\"end_turn\"");
    }

    @Override
    public PlayedAnswer wholeWithoutEnd(String text) {
        return message("{\"text\":\"%s\"}".formatted(text), "");
    }

    @Override
    public PlayedAnswer calling() {
        return stream(
                List.of(
                        START,
                        call(0, "t1", "get_weather"),
                        delta(0, "{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}"),
                        delta(0, "{\"toolUse\":{\"input\":\"\\\"Oslo\\\"}\"}}"),
                        stop("tool_use"),
                        METADATA));
    }

    @Override
    public PlayedAnswer wholeCalling() {
        return message(
                """
                {"toolUse":{"toolUseId":"t1","name":"get_weather","input":{"city":"Oslo"}}}\
                """,
                ",\"stopReason\":\"tool_use\"");
    }

    @Override
    public String requestIdHeader() {
        return "x-amzn-requestid";
    }

    static PlayedAnswer message(String content, String reason) {
        return PlayedAnswer.json(
                200,
                """
                {"output":{"message":{"role":"assistant","content":[%s]}}%s,
                 "usage":{"inputTokens":31,"outputTokens":6,"totalTokens":142,
                          "cacheReadInputTokens":100,"cacheWriteInputTokens":5},
                 "metrics":{"latencyMs":412}}\
                """
                        .formatted(content, reason));
    }

    static List<byte[]> opening(String... texts) {
        var frames = new ArrayList<>(List.of(START));
        for (var text : texts) {
            frames.add(text(text));
        }
        return frames;
    }

    static PlayedAnswer stream(List<byte[]> frames) {
        return PlayedAnswer.stream(Frames.CONTENT_TYPE, frames);
    }

    static byte[] text(String text) {
        return delta(0, "{\"text\":\"%s\"}".formatted(text));
    }

    static byte[] delta(int block, String delta) {
        return Frames.event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":%d,\"delta\":%s,\"p\":\"abcd\"}".formatted(block, delta));
    }

    static byte[] stop(String reason) {
        return Frames.event("messageStop", "{\"stopReason\":\"%s\"}".formatted(reason));
    }

    @Override
    public ToolForms toolForms() {
        return new ToolForms(
                "/messages",
                """
                [{"role":"user","content":[{"text":"Weather in Oslo and Rome?"}]},
                 {"role":"assistant","content":[{"text":"One moment."},
                  {"toolUse":{"toolUseId":"call00001","name":"get_weather","input":{"city":"Oslo"}}},
                  {"toolUse":{"toolUseId":"call00002","name":"get_weather","input":{"city":"Rome"}}}]},
                 {"role":"user","content":[
                  {"toolResult":{"toolUseId":"call00002","content":[{"text":"It rains."}]}},
                  {"toolResult":{"toolUseId":"call00001","content":[{"text":"{\\"celsius\\":3}"}]}}]},
                 {"role":"assistant","content":[{"text":"3 degrees, and rain."}]},
                 {"role":"user","content":[{"text":"And Paris?"}]},
                 {"role":"assistant","content":[
                  {"toolUse":{"toolUseId":"call00003","name":"get_weather","input":{"city":"Paris"}}}]},
                 {"role":"user","content":[
                  {"toolResult":{"toolUseId":"call00003","content":[{"json":{}}]}}]}]
                """,
                "/toolConfig/toolChoice",
                null,
                "{\"any\":{}}",
                "{\"tool\":{\"name\":\"get_weather\"}}");
    }

    @Override
    public List<byte[]> errorEvent() {
        return List.of(
                Frames.exception(
                        "serviceUnavailableException", "{\"message\":\"%s\"}".formatted(MARKER)));
    }

    /** A frame whose check sum is wrong. */
    @Override
    public List<byte[]> brokenEvent() {
        var frame = text(MARKER);
        frame[frame.length - 1] ^= 1;
        return List.of(frame);
    }

    static Prompt in(@Nullable String region) {
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

    static byte[] call(int block, String id, String name) {
        return Frames.event(
                "contentBlockStart",
                """
                {"contentBlockIndex":%d,"start":{"toolUse":{"toolUseId":"%s","name":"%s"}}}\
                """
                        .formatted(block, id, name));
    }
}
