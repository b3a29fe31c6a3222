package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.RefusedEndpoint;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.Json;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Adding a provider that speaks a known protocol takes a block of configuration. */
class ProtocolsTest {

    private final PlayedProvider provider =
            new PlayedProvider().playing(PlayedAnswer.json(503, "{}"));

    @AfterEach
    void stop() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, /base/chat/completions, authorization, Bearer key-1",
        "anthropic, /base/messages, x-api-key, key-1",
        "gemini, /base/models/model-1:streamGenerateContent?alt=sse, x-goog-api-key, key-1",
        "ai-sdk, /base, authorization, Bearer key-1"
    })
    void speaksTheProtocolThatIsConfigured(
            String protocol, String uri, String header, String value) {
        // given
        var settings =
                bound(
                        Map.of(
                                "protocol",
                                protocol,
                                "base-url",
                                provider.url() + "/base",
                                "api-key",
                                " key-1\n",
                                "headers.x-more",
                                "1"));

        // when
        var asked = askedOf(settings);

        // then
        assertThat(asked.uri()).isEqualTo(uri);
        assertThat(asked.headers()).containsEntry(header, value).containsEntry("x-more", "1");
    }

    @Test
    void addsACompatibleProviderByABlockOfConfigurationAlone() {
        // given: what an operator writes, and nothing else
        var block =
                Map.of(
                        "orrery.llm.providers.house.base-url",
                        provider.url() + "/v1",
                        "orrery.llm.providers.house.api-key",
                        "key-1");
        var settings =
                new Binder(new MapConfigurationPropertySource(block))
                        .bind(
                                "orrery.llm.providers",
                                Bindable.mapOf(String.class, ProviderSettings.class))
                        .get();
        provider.playing(
                PlayedAnswer.events(
                        ServerSent.data("{\"choices\":[{\"delta\":{\"content\":\"Good day.\"}}]}"),
                        ServerSent.data(
                                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"),
                        ServerSent.data(
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}"),
                        ServerSent.data("[DONE]")));

        // when
        Heard heard;
        try (var providers = open(settings)) {
            heard =
                    Heard.of(
                            providers.of("house").orElseThrow().stream(
                                    Prompts.plain("llama-house")));
        }

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Good day.");
        assertThat(heard.finishes()).containsExactly(FinishReason.STOP);
        assertThat(heard.usage()).isEqualTo(new ModelChunk.Usage(3, 2, null, null));
        var asked = provider.asked().getFirst();
        assertThat(asked.uri()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers()).containsEntry("authorization", "Bearer key-1");
        assertThat(Json.of(asked.body()).path("model").stringValue()).isEqualTo("llama-house");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol=openai,base-url=http://models.example/v1,api-key=key-1",
                "protocol=anthropic,base-url=http://10.0.0.1/v1,api-key=key-1",
                "protocol=bedrock,api-key=key-1,aws.endpoint=http://{region}.models.example"
            })
    void sendsNoKeyBeyondThisMachineInTheClear(String block) {
        // given
        var properties = new HashMap<String, String>();
        for (var line : block.split(",")) {
            var parts = line.split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        var settings = bound(properties);

        // when / then
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasCauseInstanceOf(RefusedEndpoint.class)
                .hasMessageContainingAll("orrery.llm.providers.some", "https");
    }

    @Test
    void signsForBedrockInTheConfiguredRegion() {
        // given
        var settings =
                bound(
                        Map.of(
                                "protocol", "bedrock",
                                "aws.access-key-id", "AKID",
                                "aws.secret-access-key", "secret-1",
                                "aws.region", "eu-west-1",
                                "aws.endpoint", provider.url() + "/{region}"));

        // when
        var asked = askedOf(settings);

        // then
        assertThat(asked.uri()).isEqualTo("/eu-west-1/model/model-1/converse-stream");
        assertThat(asked.headers().get("authorization")).contains("Credential=AKID/");
        assertThat(settings.toString()).doesNotContain("secret-1");
    }

    @Test
    void sendsBedrockAnApiKeyWhereThereAreNoKeys() {
        // given
        var settings =
                bound(
                        Map.of(
                                "protocol", "bedrock",
                                "api-key", "key-1",
                                "aws.access-key-id", "",
                                "aws.endpoint", provider.url()));

        // when
        var asked = askedOf(settings);

        // then
        assertThat(asked.headers()).containsEntry("authorization", "Bearer key-1");
    }

    @Test
    void doesWithoutBedrockWhereNothingProvesItself() {
        // given
        var blank = Map.of("protocol", "bedrock", "aws.access-key-id", "");

        // when
        try (var providers = open(bound(blank))) {
            // then
            assertThat(providers.of("some")).isEmpty();
        }
    }

    private PlayedProvider.Asked askedOf(ProviderSettings settings) {
        try (var providers = open(settings)) {
            var model = providers.of("some").orElseThrow();
            assertThat(Heard.of(model.stream(Prompts.plain("model-1"))).failure()).isNotNull();
            return provider.asked().getFirst();
        }
    }

    private static Providers open(ProviderSettings settings) {
        return open(Map.of("some", settings));
    }

    private static Providers open(Map<String, ProviderSettings> settings) {
        return Providers.open(
                settings, HttpSettings.defaults(), Clock.systemUTC(), Ticker.system());
    }

    private static ProviderSettings bound(Map<String, String> properties) {
        return Blocks.read(properties);
    }
}
