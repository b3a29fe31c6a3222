package dev.orrery.llm.hostile;

import java.util.ArrayList;
import java.util.List;

/** Languages of text: events for whoever wants a stream, else JSON. */
public enum Dialect implements Language {
    OPENAI("openai") {
        @Override
        List<String> opening() {
            return List.of(
                    event(
                            """
                            {"id":"c-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\
                            """));
        }

        @Override
        String text(String text) {
            return event(
                    """
                    {"id":"c-1","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\
                    """
                            .formatted(text));
        }

        @Override
        List<String> closing() {
            return List.of(
                    event(
                            """
                            {"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
                            """),
                    event(
                            """
                            {"id":"c-1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}\
                            """),
                    event("[DONE]"));
        }

        @Override
        String whole(String text) {
            return """
            {"id":"c-1","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}\
            """
                    .formatted(text);
        }
    },
    ANTHROPIC("anthropic") {
        @Override
        List<String> opening() {
            return List.of(
                    event(
                            """
                            {"type":"message_start","message":{"id":"m-1","role":"assistant","content":[],\
                            "usage":{"input_tokens":9,"output_tokens":1}}}\
                            """),
                    event(
                            """
                            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
                            """));
        }

        @Override
        String text(String text) {
            return event(
                    """
                    {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}\
                    """
                            .formatted(text));
        }

        @Override
        List<String> closing() {
            return List.of(
                    event("{\"type\":\"content_block_stop\",\"index\":0}"),
                    event(
                            """
                            {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}\
                            """),
                    event("{\"type\":\"message_stop\"}"));
        }

        @Override
        String whole(String text) {
            return """
            {"id":"m-1","type":"message","role":"assistant","content":[{"type":"text","text":"%s"}],\
            "stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":3}}\
            """
                    .formatted(text);
        }
    },
    GEMINI("gemini") {
        @Override
        List<String> opening() {
            return List.of();
        }

        @Override
        String text(String text) {
            return event(
                    """
                    {"responseId":"g-1","candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"%s"}]}}]}\
                    """
                            .formatted(text));
        }

        @Override
        List<String> closing() {
            return List.of(
                    event(
                            """
                            {"responseId":"g-1","candidates":[{"index":0,"content":{"role":"model","parts":[]},\
                            "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3}}\
                            """));
        }

        @Override
        String whole(String text) {
            return """
            {"responseId":"g-1","candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"%s"}]},\
            "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3}}\
            """
                    .formatted(text);
        }
    },
    AI_SDK("ai-sdk") {
        @Override
        List<String> opening() {
            return List.of(
                    event("{\"type\":\"start\",\"messageId\":\"u-1\"}"),
                    event("{\"type\":\"text-start\",\"id\":\"0\"}"));
        }

        @Override
        String text(String text) {
            return event(
                    """
                    {"type":"text-delta","id":"0","delta":"%s"}\
                    """
                            .formatted(text));
        }

        @Override
        List<String> closing() {
            return List.of(
                    event("{\"type\":\"text-end\",\"id\":\"0\"}"),
                    event("{\"type\":\"finish\",\"finishReason\":\"stop\"}"),
                    event("[DONE]"));
        }

        @Override
        String whole(String text) {
            throw new IllegalStateException("BUG: this protocol has streams only");
        }
    };

    private final String protocol;

    Dialect(String protocol) {
        this.protocol = protocol;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public boolean hasWhole() {
        return this != AI_SDK;
    }

    @Override
    public boolean isReadBySdk() {
        return false;
    }

    @Override
    public String type(boolean streamed) {
        return streamed ? Heads.EVENTS : Heads.JSON;
    }

    @Override
    public byte[] pieces(String... texts) {
        return TransportFaults.bytes(stream(texts));
    }

    @Override
    public byte[] beginning(String text) {
        return TransportFaults.bytes(String.join("", opening()) + text(text));
    }

    @Override
    public byte[] all(String text) {
        return TransportFaults.bytes(whole(text));
    }

    /** What comes before the first text. */
    abstract List<String> opening();

    /** A piece of the answer, which needs no escapes. */
    abstract String text(String text);

    /** How an answer ends that is whole. */
    abstract List<String> closing();

    /** An answer in one piece. */
    abstract String whole(String text);

    /** All events of an answer. */
    public String stream(String... texts) {
        var events = new ArrayList<>(opening());
        for (var text : texts) {
            events.add(text(text));
        }
        events.addAll(closing());
        return String.join("", events);
    }

    static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
