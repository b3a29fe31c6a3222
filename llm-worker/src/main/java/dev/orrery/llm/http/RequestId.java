package dev.orrery.llm.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The id that a provider gave a request: the one word of it that gets into logs. */
public final class RequestId {

    /** Most telling first: some fronts add their own beside the provider's. */
    private static final List<String> HEADERS =
            List.of("request-id", "x-request-id", "x-generation-id", "x-amzn-requestid");

    /** What ids are made of; a line break in a log, or a whole sentence, is none. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}");

    private RequestId() {}

    /** The id in the head of a response; null when there is none. */
    public static @Nullable String in(HttpHeaders headers) {
        for (var name : HEADERS) {
            var id = of(headers.getFirst(name));
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    /** The text itself when it is an id; null when it is not. */
    public static @Nullable String of(@Nullable String text) {
        return text != null && ID.matcher(text).matches() ? text : null;
    }
}
