package dev.orrery.llm.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.llm.http.ServerEvent;
import dev.orrery.llm.http.StreamingClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ChatModel} over chat completions, streamed. One instance serves every model of its
 * endpoint.
 */
public final class OpenAiChatModel implements ChatModel {

    /**
     * Between the last event and the end of the response; waiting for it keeps the connection
     * usable.
     */
    private static final Duration LONGEST_GOODBYE = Duration.ofMillis(200);

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final OpenAiCompatible endpoint;
    private final StreamingClient client;
    private final Failures failures;
    private final Ticker ticker;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public OpenAiChatModel(
            OpenAiCompatible endpoint, StreamingClient client, Clock clock, Ticker ticker) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(JSON, clock);
        this.ticker = ticker;
        this.headers = headers(endpoint);
    }

    private static Map<String, String> headers(OpenAiCompatible endpoint) {
        var headers = new HashMap<>(endpoint.headers());
        if (endpoint.apiKey() != null) {
            headers.put("Authorization", "Bearer " + endpoint.apiKey());
        }
        return Map.copyOf(headers);
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> {
            var reader = new ChunkReader(JSON, failures);
            return client.post(request(prompt), failures)
                    .timeout(Mono.never(), this::goodbye, Flux.empty())
                    .concatMapIterable(reader::read);
        });
    }

    private StreamingClient.Request request(Prompt prompt) {
        var body = JSON.writeValueAsBytes(CompletionRequest.of(prompt, endpoint));
        return new StreamingClient.Request(
                endpoint.completions(), headers, body, prompt.connectLimit());
    }

    private Publisher<Void> goodbye(ServerEvent event) {
        return ChunkReader.isEnd(event) ? ticker.pause(LONGEST_GOODBYE) : Mono.never();
    }
}
