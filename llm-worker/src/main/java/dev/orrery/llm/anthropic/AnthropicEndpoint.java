package dev.orrery.llm.anthropic;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that speaks the Messages API.
 *
 * @param baseUrl what {@code /messages} is appended to; ends in {@code /v1}
 * @param apiKey sent as {@code x-api-key}; null sends none
 * @param headers sent with every request, names and values
 */
public record AnthropicEndpoint(URI baseUrl, @Nullable String apiKey, Map<String, String> headers) {

    public AnthropicEndpoint {
        headers = Map.copyOf(headers);
    }

    /** Where messages are created. */
    URI messages() {
        var base = baseUrl.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/messages");
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "AnthropicEndpoint[" + baseUrl + "]";
    }
}
