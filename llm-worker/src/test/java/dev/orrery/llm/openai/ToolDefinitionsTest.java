package dev.orrery.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.ProviderClient;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ToolDefinitionsTest {

    private final PlayedProvider provider =
            new PlayedProvider().playing(PlayedAnswer.events(ServerSent.data("[DONE]")));
    private final ProviderClient client =
            new ProviderClient("openai", HttpSettings.defaults(), Ticker.system());

    @AfterEach
    void stop() {
        client.close();
        provider.close();
    }

    @Test
    void areSentAsFunctions() {
        assertThat(bodyOf(Prompts.full("m", 0.7, 0.95, Prompts.WEATHER)).path("tools"))
                .isEqualTo(
                        Json.of(
                                """
                                [{"type":"function","function":{"name":"get_weather",
                                  "description":"The weather now","parameters":{"type":"object",
                                   "properties":{"city":{"type":"string"}},
                                   "required":["city"],"additionalProperties":false}}}]
                                """));
    }

    @Test
    void areLeftOutWhereThereAreNone() {
        assertThat(bodyOf(Prompts.plain("m")).has("tools")).isFalse();
    }

    private JsonNode bodyOf(Prompt prompt) {
        var endpoint =
                new OpenAiCompatible(
                        URI.create(provider.url()),
                        null,
                        MaxTokensField.MAX_TOKENS,
                        true,
                        false,
                        Map.of());
        Heard.of(new OpenAiChatModel(endpoint, client, Clock.systemUTC()).stream(prompt));
        return Json.of(provider.asked().getFirst().body());
    }
}
