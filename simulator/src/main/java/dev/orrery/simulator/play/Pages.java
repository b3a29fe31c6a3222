package dev.orrery.simulator.play;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies that are known before they are sent. */
public final class Pages {

    public static final String JSON = "application/json";

    private Pages() {}

    /** A faultless answer in JSON, at once. */
    public static Answer json(int status, byte[] body) {
        return of(Duration.ZERO, status, JSON, body);
    }

    static Answer of(Duration after, int status, String contentType, byte[] body) {
        return of(after, status, contentType, Map.of(), List.of(body));
    }

    static Answer of(
            Duration after,
            int status,
            String contentType,
            Map<String, String> more,
            List<byte[]> body) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("content-type", contentType);
        headers.put(
                "content-length",
                Integer.toString(body.stream().mapToInt(part -> part.length).sum()));
        return new Answer.Page(
                after,
                status,
                headers,
                body.stream().map(Packet::next).toList(),
                Ending.COMPLETE,
                false);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
