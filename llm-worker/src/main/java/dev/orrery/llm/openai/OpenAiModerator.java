package dev.orrery.llm.openai;

import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.model.Moderator;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@link Moderator} over the moderations of OpenAI, which others (Mistral) have too. One instance
 * serves every model of its endpoint.
 */
public final class OpenAiModerator implements Moderator {

    private final OpenAiCompatible endpoint;
    private final ProviderClient client;
    private final Failures failures;
    private final Map<String, String> headers;

    /**
     * @param client stays the caller's, who closes it
     * @param clock reads dates in the provider's wishes to be left alone
     */
    public OpenAiModerator(OpenAiCompatible endpoint, ProviderClient client, Clock clock) {
        this.endpoint = endpoint;
        this.client = client;
        this.failures = new Failures(OpenAiChatModel.JSON, clock);
        this.headers = endpoint.requestHeaders();
    }

    @Override
    public Mono<Set<String>> judge(String model, String text, Duration connectLimit) {
        return Mono.defer(() ->
                client.ask(request(model, text, connectLimit), OpenAiModerator::found, failures));
    }

    private ProviderClient.Request request(String model, String text, Duration connectLimit) {
        var body = OpenAiChatModel.JSON.createObjectNode().put("model", model).put("input", text);
        return new ProviderClient.Request(
                endpoint.moderations(),
                headers,
                OpenAiChatModel.JSON.writeValueAsBytes(body),
                connectLimit,
                false);
    }

    /**
     * The categories that are true. Not every server says beside them whether the text is flagged
     * at all.
     */
    private static Set<String> found(byte[] body) {
        var results = read(body).path("results");
        if (!results.isArray() || results.isEmpty()) {
            throw new ModelFailure.MalformedResponse("a judgement without results");
        }
        var found = new LinkedHashSet<String>();
        for (var result : results) {
            var categories = result.path("categories");
            if (!categories.isObject()) {
                throw new ModelFailure.MalformedResponse("a judgement without categories");
            }
            for (var category : categories.properties()) {
                if (category.getValue().asBoolean(false)) {
                    found.add(category.getKey());
                }
            }
        }
        return found;
    }

    private static JsonNode read(byte[] body) {
        try {
            return OpenAiChatModel.JSON.readTree(body);
        } catch (JacksonException noJson) {
            throw new ModelFailure.MalformedResponse("a judgement that is no JSON");
        }
    }
}
