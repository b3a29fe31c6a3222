package dev.orrery.llm.aisdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
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
    private final ProviderClient client;
    private final Failures failures;
    private final Supplier<String> chatIds;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the service's wishes to be left alone
     */
    public AiSdkChatModel(AiSdkEndpoint endpoint, ProviderClient client, Clock clock) {
        this(endpoint, client, clock, differentIds());
    }

    /**
     * Drawn once and counted on: drawing an id for each call would read the system's random source,
     * which may block, on threads that must not.
     */
    private static Supplier<String> differentIds() {
        var drawn = UUID.randomUUID();
        var calls = new AtomicLong();
        return () -> drawn + "-" + calls.incrementAndGet();
    }

    /**
     * @param chatIds one a call; must not repeat, since services may store chats by it
     */
    AiSdkChatModel(
            AiSdkEndpoint endpoint, ProviderClient client, Clock clock, Supplier<String> chatIds) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(clock);
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
        return Flux.defer(() -> client.call(request(prompt), new ChunkReader(JSON), failures));
    }

    /** The protocol has streams only, so one is read also where none is asked for. */
    private ProviderClient.Request request(Prompt prompt) {
        return new ProviderClient.Request(
                endpoint.url(),
                headers,
                JSON.writeValueAsBytes(ChatRequest.of(chatIds.get(), prompt)),
                prompt.connectLimit(),
                true);
    }
}
