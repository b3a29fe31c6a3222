package dev.orrery.llm.aisdk;

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
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link ChatModel} over a chat route that speaks the UI message stream protocol of the Vercel AI
 * SDK. Which model answers is the service's decision; it is told which one the chain names.
 */
public final class AiSdkChatModel implements ChatModel {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private final AiSdkEndpoint endpoint;
    private final StreamingClient client;
    private final Failures failures;
    private final Ticker ticker;
    private final Supplier<String> chatIds;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the service's wishes to be left alone
     */
    public AiSdkChatModel(
            AiSdkEndpoint endpoint, StreamingClient client, Clock clock, Ticker ticker) {
        this(endpoint, client, clock, ticker, () -> UUID.randomUUID().toString());
    }

    /**
     * @param chatIds one a call; must not repeat, since services may store chats by it
     */
    AiSdkChatModel(
            AiSdkEndpoint endpoint,
            StreamingClient client,
            Clock clock,
            Ticker ticker,
            Supplier<String> chatIds) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(clock);
        this.ticker = ticker;
        this.chatIds = chatIds;
        this.headers = headers(endpoint);
    }

    private static Map<String, String> headers(AiSdkEndpoint endpoint) {
        var headers = new HashMap<>(endpoint.headers());
        if (endpoint.apiKey() != null) {
            headers.put("Authorization", "Bearer " + endpoint.apiKey());
        }
        return Map.copyOf(headers);
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() -> {
            var reader = new ChunkReader(JSON);
            var chunks = client.post(request(prompt), failures).concatMapIterable(reader::read);
            return Goodbye.bounded(chunks, ticker);
        });
    }

    private StreamingClient.Request request(Prompt prompt) {
        return new StreamingClient.Request(
                endpoint.url(),
                headers,
                JSON.writeValueAsBytes(ChatRequest.of(chatIds.get(), prompt)),
                prompt.connectLimit());
    }
}
