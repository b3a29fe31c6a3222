package dev.orrery.llm.hostile;

import java.nio.charset.StandardCharsets;

/** Heads of responses. */
public final class Heads {

    public static final String EVENTS = "text/event-stream";
    static final String FRAMES = "application/vnd.amazon.eventstream";
    static final String JSON = "application/json";

    private Heads() {}

    public static String chunked(String type) {
        return "HTTP/1.1 200 OK\r\nContent-Type: "
                + type
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    static String sized(String type, int bytes) {
        return "HTTP/1.1 200 OK\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + bytes
                + "\r\n\r\n";
    }

    /** Its body ends with the connection. */
    static String old(String type) {
        return "HTTP/1.0 200 OK\r\nContent-Type: " + type + "\r\n\r\n";
    }

    static int length(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
