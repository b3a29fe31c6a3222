package dev.orrery.llm.openai;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that speaks the chat completions of OpenAI, and how it differs from the others that
 * do.
 *
 * @param baseUrl what {@code /chat/completions} is appended to; ends in {@code /v1} for most
 * @param apiKey sent as bearer token; null sends none
 * @param maxTokensField how the bound of the answer is called
 * @param askForUsage whether {@code stream_options.include_usage} is understood; without it tokens
 *     are estimated
 * @param topK whether {@code top_k} is understood
 * @param statesCost whether {@code usage.cost} is what a call is billed, in US dollars; elsewhere
 *     it may be anything, and is passed over
 * @param headers sent with every request, names and values
 */
public record OpenAiCompatible(
        URI baseUrl,
        @Nullable String apiKey,
        MaxTokensField maxTokensField,
        boolean askForUsage,
        boolean topK,
        boolean statesCost,
        Map<String, String> headers) {

    /**
     * Name of the field that bounds the answer: reasoning models refuse the old one, most other
     * servers know only it.
     */
    public enum MaxTokensField {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }

    /** One that does not state what it bills. */
    public OpenAiCompatible(
            URI baseUrl,
            @Nullable String apiKey,
            MaxTokensField maxTokensField,
            boolean askForUsage,
            boolean topK,
            Map<String, String> headers) {
        this(baseUrl, apiKey, maxTokensField, askForUsage, topK, false, headers);
    }

    public OpenAiCompatible {
        headers = Map.copyOf(headers);
    }

    /** One of which nothing is known but where it is; no key goes there. */
    public static OpenAiCompatible unknown(URI baseUrl) {
        return new OpenAiCompatible(
                baseUrl, null, MaxTokensField.MAX_TOKENS, true, false, false, Map.of());
    }

    /** Where completions are asked for. */
    URI completions() {
        return below("/chat/completions");
    }

    /** Where texts are judged. */
    URI moderations() {
        return below("/moderations");
    }

    private URI below(String path) {
        var base = baseUrl.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** What every request says. */
    Map<String, String> requestHeaders() {
        var all = new HashMap<>(headers);
        if (apiKey != null) {
            all.put("Authorization", "Bearer " + apiKey);
        }
        return Map.copyOf(all);
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "OpenAiCompatible[" + baseUrl + "]";
    }
}
