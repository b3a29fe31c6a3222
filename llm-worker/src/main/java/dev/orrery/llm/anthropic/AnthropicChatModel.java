package dev.orrery.llm.anthropic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.llm.http.Goodbye;
import dev.orrery.llm.http.StreamingClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@link ChatModel} over the Messages API, streamed. One instance serves every model. */
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
    private final StreamingClient client;
    private final Failures failures;
    private final Ticker ticker;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public AnthropicChatModel(
            AnthropicEndpoint endpoint, StreamingClient client, Clock clock, Ticker ticker) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(JSON, clock);
        this.ticker = ticker;
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
        return Flux.defer(() -> {
            var reader = new EventReader(JSON, failures);
            var chunks = client.post(request(prompt), failures).concatMapIterable(reader::read);
            return Goodbye.bounded(chunks, ticker);
        });
    }

    private StreamingClient.Request request(Prompt prompt) {
        return new StreamingClient.Request(
                endpoint.messages(),
                headers,
                JSON.writeValueAsBytes(MessagesRequest.of(prompt)),
                prompt.connectLimit());
    }
}
