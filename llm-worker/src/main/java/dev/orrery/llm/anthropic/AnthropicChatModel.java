package dev.orrery.llm.anthropic;

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
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@link ChatModel} over the Messages API. One instance serves every model. */
public final class AnthropicChatModel implements ChatModel {

    /** Of the protocol, not of a model. */
    private static final String VERSION = "2023-06-01";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final AnthropicEndpoint endpoint;
    private final ProviderClient client;
    private final Failures failures;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public AnthropicChatModel(AnthropicEndpoint endpoint, ProviderClient client, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(JSON, clock);
        this.headers = headers(endpoint);
    }

    private static Map<String, String> headers(AnthropicEndpoint endpoint) {
        var headers = new HashMap<String, String>();
        headers.put("anthropic-version", VERSION);
        headers.putAll(endpoint.headers());
        if (endpoint.apiKey() != null) {
            headers.put("x-api-key", endpoint.apiKey());
        }
        return Map.copyOf(headers);
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(
                () -> client.call(request(prompt), new EventReader(JSON, failures), failures));
    }

    private ProviderClient.Request request(Prompt prompt) {
        return new ProviderClient.Request(
                endpoint.messages(),
                headers,
                JSON.writeValueAsBytes(MessagesRequest.of(prompt)),
                prompt.connectLimit(),
                prompt.streamed());
    }
}
