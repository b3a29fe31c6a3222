package dev.orrery.llm.gemini;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * An endpoint that speaks the Gemini API.
 *
 * @param baseUrl what {@code /models/…} is appended to; ends in {@code /v1beta}
 * @param apiKey sent as {@code x-goog-api-key}; null sends none
 * @param headers sent with every request, names and values
 */
public record GeminiEndpoint(URI baseUrl, @Nullable String apiKey, Map<String, String> headers) {

    private static final String COLLECTION = "models/";

    public GeminiEndpoint {
        headers = Map.copyOf(headers);
    }

    /**
     * Where content is generated. A stream without {@code alt=sse} would come as one long array.
     *
     * @param model with or without {@code models/} before it; escaped, so that a name cannot lead
     *     elsewhere
     */
    URI generate(String model, boolean streamed) {
        var base = baseUrl.toString();
        var name = model.startsWith(COLLECTION) ? model.substring(COLLECTION.length()) : model;
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + "/models/"
                        + UriUtils.encode(name, StandardCharsets.UTF_8)
                        + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent"));
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "GeminiEndpoint[" + baseUrl + "]";
    }
}
