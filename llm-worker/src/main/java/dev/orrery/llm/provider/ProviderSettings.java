package dev.orrery.llm.provider;

import dev.orrery.llm.aisdk.AiSdkEndpoint;
import dev.orrery.llm.anthropic.AnthropicEndpoint;
import dev.orrery.llm.gemini.GeminiEndpoint;
import dev.orrery.llm.http.Destinations;
import dev.orrery.llm.openai.OpenAiCompatible;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider: {@code orrery.llm.providers.<code>.…}. Adding one that speaks a known protocol
 * takes this block and nothing else.
 *
 * @param protocol what the endpoint speaks
 * @param baseUrl https, or http where {@link dev.orrery.llm.http.HttpSettings#plainHttp} lets it,
 *     without query; absent means that this process does not have the provider
 * @param apiKey secret; several, separated by commas, take turns, and stand in for one that is out
 *     of its share; blank means that this process does not have the provider, unless no key is
 *     needed
 * @param keyNeeded false for servers that ask for none
 * @param maxTokensField how the bound of the answer is called; absent means {@code
 *     max_completion_tokens} for OpenAI's own API and {@code max_tokens} elsewhere
 * @param askForUsage whether the server understands {@code stream_options.include_usage}
 * @param topK whether the server understands {@code top_k}
 * @param tools false where the models know nothing of tools: they are asked without them
 * @param statesCost whether {@code usage.cost} is what a call is billed, in US dollars
 * @param headers sent with every request
 * @param aws what Bedrock needs; other protocols do without
 */
public record ProviderSettings(
        @DefaultValue("openai") Protocol protocol,
        @Nullable URI baseUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("true") boolean keyNeeded,
        @Nullable MaxTokensField maxTokensField,
        @DefaultValue("true") boolean askForUsage,
        @DefaultValue("false") boolean topK,
        @DefaultValue("true") boolean tools,
        @DefaultValue("false") boolean statesCost,
        @DefaultValue Map<String, String> headers,
        @Nullable AwsSettings aws) {

    private static final String OPENAI_HOST = "api.openai.com";
    private static final int MOST_KEYS = 100;

    /** What an endpoint can speak. */
    public enum Protocol {
        OPENAI,
        ANTHROPIC,
        GEMINI,
        AI_SDK,
        /** Needs {@link #aws} in place of a base URL. */
        BEDROCK
    }

    /** Of a provider that needs nothing of AWS. */
    public ProviderSettings(
            Protocol protocol,
            @Nullable URI baseUrl,
            String apiKey,
            boolean keyNeeded,
            @Nullable MaxTokensField maxTokensField,
            boolean askForUsage,
            boolean topK,
            Map<String, String> headers) {
        this(
                protocol,
                baseUrl,
                apiKey,
                keyNeeded,
                maxTokensField,
                askForUsage,
                topK,
                true,
                false,
                headers,
                null);
    }

    @ConstructorBinding
    public ProviderSettings {
        headers = Map.copyOf(headers);
        baseUrl = baseUrl == null || baseUrl.toString().isEmpty() ? null : baseUrl;
        if (baseUrl != null && !isUsable(baseUrl)) {
            throw new IllegalArgumentException(
                    "base-url: " + baseUrl + " (expected: http(s)://host/path)");
        }
        if (keysIn(apiKey).size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "api-key: above " + MOST_KEYS + " (expected: keys separated by commas)");
        }
    }

    private static boolean isUsable(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null;
    }

    /** Whether this process can ask the provider at all. */
    boolean isUsable() {
        return protocol == Protocol.BEDROCK
                ? aws != null && (aws.hasKeys() || !keys().isEmpty())
                : baseUrl != null && (!keyNeeded || !keys().isEmpty());
    }

    /**
     * Fails when the provider may not be called where it is.
     *
     * @throws dev.orrery.llm.http.RefusedEndpoint with the reason
     */
    void check(Destinations destinations) {
        var url = protocol == Protocol.BEDROCK && aws != null ? aws.inPlaceOfAmazon() : baseUrl;
        if (url != null) {
            destinations.checkConfigured(url);
        }
    }

    /** The keys, each once; none where none is needed. */
    List<String> keys() {
        return keysIn(apiKey);
    }

    private static List<String> keysIn(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    AnthropicEndpoint anthropic(URI url, @Nullable String key) {
        return new AnthropicEndpoint(url, key, headers);
    }

    GeminiEndpoint gemini(URI url, @Nullable String key) {
        return new GeminiEndpoint(url, key, headers);
    }

    AiSdkEndpoint aiSdk(URI url, @Nullable String key) {
        return new AiSdkEndpoint(url, key, headers);
    }

    OpenAiCompatible openAiCompatible(URI url, @Nullable String key) {
        boolean original = OPENAI_HOST.equals(url.getHost());
        var field =
                maxTokensField != null
                        ? maxTokensField
                        : original
                                ? MaxTokensField.MAX_COMPLETION_TOKENS
                                : MaxTokensField.MAX_TOKENS;
        return new OpenAiCompatible(url, key, field, askForUsage, topK, statesCost, headers);
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "ProviderSettings[" + protocol + ", " + (aws == null ? baseUrl : aws) + "]";
    }
}
