package dev.orrery.llm.provider;

import dev.orrery.llm.openai.OpenAiCompatible;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider: {@code orrery.llm.providers.<code>.…}. Adding one that speaks a known protocol
 * takes this block and nothing else.
 *
 * @param protocol what the endpoint speaks
 * @param baseUrl http or https, without query; absent means that this process does not have the
 *     provider
 * @param apiKey secret; blank means that this process does not have the provider, unless no key is
 *     needed
 * @param keyNeeded false for servers that ask for none
 * @param maxTokensField how the bound of the answer is called; absent means {@code
 *     max_completion_tokens} for OpenAI's own API and {@code max_tokens} elsewhere
 * @param askForUsage whether the server understands {@code stream_options.include_usage}
 * @param topK whether the server understands {@code top_k}
 * @param headers sent with every request
 */
public record ProviderSettings(
        @DefaultValue("openai") Protocol protocol,
        @Nullable URI baseUrl,
        @DefaultValue("") String apiKey,
        @DefaultValue("true") boolean keyNeeded,
        @Nullable MaxTokensField maxTokensField,
        @DefaultValue("true") boolean askForUsage,
        @DefaultValue("false") boolean topK,
        @DefaultValue Map<String, String> headers) {

    private static final String OPENAI_HOST = "api.openai.com";

    /** What an endpoint can speak. */
    public enum Protocol {
        OPENAI
    }

    public ProviderSettings {
        headers = Map.copyOf(headers);
        if (baseUrl != null && !isUsable(baseUrl)) {
            throw new IllegalArgumentException(
                    "base-url: " + baseUrl + " (expected: http(s)://host/path)");
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
        return baseUrl != null && (!keyNeeded || !apiKey.isBlank());
    }

    OpenAiCompatible openAiCompatible(URI url) {
        boolean original = OPENAI_HOST.equals(url.getHost());
        var field =
                maxTokensField != null
                        ? maxTokensField
                        : original
                                ? MaxTokensField.MAX_COMPLETION_TOKENS
                                : MaxTokensField.MAX_TOKENS;
        return new OpenAiCompatible(
                url, apiKey.isBlank() ? null : apiKey.strip(), field, askForUsage, topK, headers);
    }

    /** Says nothing of the key or the headers, which may hold one. */
    @Override
    public String toString() {
        return "ProviderSettings[" + protocol + ", " + baseUrl + "]";
    }
}
