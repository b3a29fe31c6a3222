package dev.orrery.llm.aisdk;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat route that speaks the UI message stream protocol, version 1.
 *
 * @param url the route itself, such as {@code https://host/api/chat}
 * @param apiKey sent as bearer token; null sends none
 * @param headers sent with every request, names and values
 */
public record AiSdkEndpoint(URI url, @Nullable String apiKey, Map<String, String> headers) {

    public AiSdkEndpoint {
        headers = Map.copyOf(headers);
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "AiSdkEndpoint[" + url + "]";
    }
}
