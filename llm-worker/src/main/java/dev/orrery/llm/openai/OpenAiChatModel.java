package dev.orrery.llm.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.Prompt;
import java.time.Clock;
import java.util.Map;
import reactor.core.publisher.Flux;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@link ChatModel} over chat completions. One instance serves every model of its endpoint. */
public final class OpenAiChatModel implements ChatModel {

    /** Numbers are read as they are written: some of them are money. */
    static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final OpenAiCompatible endpoint;
    private final ProviderClient client;
    private final Failures failures;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public OpenAiChatModel(OpenAiCompatible endpoint, ProviderClient client, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(JSON, clock);
        this.headers = endpoint.requestHeaders();
    }

    @Override
    public Flux<ModelChunk> stream(Prompt prompt) {
        return Flux.defer(() ->
                client.call(
                        request(prompt),
                        new ChunkReader(JSON, failures, endpoint.statesCost()),
                        failures));
    }

    private ProviderClient.Request request(Prompt prompt) {
        return new ProviderClient.Request(
                endpoint.completions(),
                headers,
                JSON.writeValueAsBytes(CompletionRequest.of(prompt, endpoint)),
                prompt.connectLimit(),
                prompt.streamed());
    }
}
