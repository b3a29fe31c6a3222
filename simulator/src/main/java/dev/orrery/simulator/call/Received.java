package dev.orrery.simulator.call;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived. It may hold keys and private text: it is for tests to look at and is
 * never logged.
 *
 * @param method GET, POST, …
 * @param path path without the query, escapes resolved
 * @param query what stands behind the question mark, as it is; empty without one
 * @param headers names in lower case; the first value where a name came twice
 * @param body the bytes as sent; do not change them
 */
public record Received(
        String method, String path, String query, Map<String, String> headers, byte[] body) {

    public Received {
        headers = Map.copyOf(headers);
    }

    /**
     * @param name in lower case
     */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * Whether the query has this pair, without any escapes.
     *
     * @param pair such as {@code alt=sse}
     */
    public boolean asks(String pair) {
        return List.of(query.split("&")).contains(pair);
    }

    /**
     * A parameter of the query, unescaped, the first one where it came twice; null without it, and
     * if it is escaped wrongly.
     */
    public @Nullable String parameter(String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return unescaped(pair.substring(name.length() + 1));
            }
        }
        return null;
    }

    private static @Nullable String unescaped(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
