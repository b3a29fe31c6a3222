package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        return Providers.open(
                Map.of("some", settings),
                HttpSettings.defaults(),
                Clock.systemUTC(),
                Ticker.system());
    }

    private static ProviderSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", ProviderSettings.class)
                .get();
    }
}
