package dev.orrery.llm.gemini;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ChatModel} over {@code streamGenerateContent} and {@code generateContent}. One instance
 * serves every model.
 */
public final class GeminiChatModel implements ChatModel {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final GeminiEndpoint endpoint;
    private final ProviderClient client;
    private final Failures failures;
    private final Map<String, String> headers;
    private final Signatures signatures;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public GeminiChatModel(GeminiEndpoint endpoint, ProviderClient client, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(JSON, clock);
        this.headers = headers(endpoint);
        this.signatures = Signatures.at(endpoint);
    }

    private static Map<String, String> headers(GeminiEndpoint endpoint) {
        var headers = new HashMap<>(endpoint.headers());
        if (endpoint.apiKey() != null) {
            headers.put("x-goog-api-key", endpoint.apiKey());
        }
        return Map.copyOf(headers);
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> {
            var ofModel = signatures.of(prompt.model());
            return client.call(
                    request(prompt, ofModel), new ChunkReader(JSON, failures, ofModel), failures);
        });
    }

    private ProviderClient.Request request(Prompt prompt, Signatures ofModel) {
        return new ProviderClient.Request(
                endpoint.generate(prompt.model(), prompt.streamed()),
                headers,
                JSON.writeValueAsBytes(GenerateRequest.of(prompt.conversation(), ofModel)),
                prompt.connectLimit(),
                prompt.streamed());
    }
}
