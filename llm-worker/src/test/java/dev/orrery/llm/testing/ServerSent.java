package dev.orrery.llm.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Server-sent events as providers write them. */
public final class ServerSent {

    private ServerSent() {}

    /** An event without a name. */
    public static String data(String data) {
        return "data: " + data + "\n\n";
    }

    public static String named(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    public static List<byte[]> bytes(String... pieces) {
        return Arrays.stream(pieces).map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
