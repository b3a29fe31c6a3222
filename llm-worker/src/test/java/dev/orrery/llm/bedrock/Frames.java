package dev.orrery.llm.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** Frames of {@code application/vnd.amazon.eventstream}, written by Amazon's own encoder. */
final class Frames {

    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private Frames() {}

    static byte[] event(String type, String json) {
        return frame("event", ":event-type", type, json);
    }

    static byte[] exception(String type, String json) {
        return frame("exception", ":exception-type", type, json);
    }

    private static byte[] frame(String kind, String typeHeader, String type, String json) {
        var headers =
                Map.of(
                        typeHeader,
                        HeaderValue.fromString(type),
                        ":content-type",
                        HeaderValue.fromString("application/json"),
                        ":message-type",
                        HeaderValue.fromString(kind));
        var buffer = new Message(headers, json.getBytes(StandardCharsets.UTF_8)).toByteBuffer();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
