package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.deltas.Pace;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.Permission;
import dev.orrery.llm.openai.OpenAiCompatible.MaxTokensField;
import dev.orrery.llm.provider.ProviderSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class LlmSettingsTest {

    @Test
    void hasSensibleDefaults() {
        // when
        var settings = bound(Map.of());

        // then
        assertThat(settings)
                .isEqualTo(
                        new LlmSettings(
                                Map.of(),
                                HttpSettings.defaults(),
                                Pace.defaults(),
                                200_000,
                                Duration.ofSeconds(15)));
    }

    @Test
    void readsEveryKey() {
        // given
        var keys =
                Map.ofEntries(
                        Map.entry("orrery.llm.providers.house.protocol", "openai"),
                        Map.entry("orrery.llm.providers.house.base-url", "http://house/v1"),
                        Map.entry("orrery.llm.providers.house.api-key", "sk-1"),
                        Map.entry("orrery.llm.providers.house.key-needed", "false"),
                        Map.entry(
                                "orrery.llm.providers.house.max-tokens-field",
                                "max_completion_tokens"),
                        Map.entry("orrery.llm.providers.house.ask-for-usage", "false"),
                        Map.entry("orrery.llm.providers.house.top-k", "true"),
                        Map.entry("orrery.llm.providers.house.tools", "false"),
                        Map.entry("orrery.llm.providers.house.states-cost", "true"),
                        Map.entry("orrery.llm.providers.house.headers[X-Title]", "Orrery"),
                        Map.entry("orrery.llm.http.max-connections", "7"),
                        Map.entry("orrery.llm.http.max-idle", "1s"),
                        Map.entry("orrery.llm.http.max-age", "2s"),
                        Map.entry("orrery.llm.http.max-event", "3KB"),
                        Map.entry("orrery.llm.http.max-response", "4MB"),
                        Map.entry("orrery.llm.http.plain-http", "allowed"),
                        Map.entry("orrery.llm.http.private-addresses", "allowed"),
                        Map.entry(
                                "orrery.llm.http.endpoint-hosts",
                                "Models.example, *.cloud.example"),
                        Map.entry("orrery.llm.pace.shortest", "5ms"),
                        Map.entry("orrery.llm.pace.longest", "6ms"),
                        Map.entry("orrery.llm.pace.resting-runs", "8"),
                        Map.entry("orrery.llm.max-reply-chars", "9"),
                        Map.entry("orrery.llm.drain", "10s"));

        // when
        var settings = bound(keys);

        // then
        assertThat(settings)
                .isEqualTo(
                        new LlmSettings(
                                Map.of(
                                        "house",
                                        new ProviderSettings(
                                                ProviderSettings.Protocol.OPENAI,
                                                URI.create("http://house/v1"),
                                                "sk-1",
                                                false,
                                                MaxTokensField.MAX_COMPLETION_TOKENS,
                                                false,
                                                true,
                                                false,
                                                true,
                                                Map.of("X-Title", "Orrery"),
                                                null)),
                                new HttpSettings(
                                        7,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        DataSize.ofKilobytes(3),
                                        DataSize.ofMegabytes(4),
                                        Permission.ALLOWED,
                                        Permission.ALLOWED,
                                        Set.of("models.example", "*.cloud.example")),
                                new Pace(Duration.ofMillis(5), Duration.ofMillis(6), 8),
                                9,
                                Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "orrery.llm.max-reply-chars, 0",
        "orrery.llm.max-reply-chars, 300001",
        "orrery.llm.drain, -1s",
        "orrery.llm.drain, 19s",
        "orrery.llm.http.max-connections, 0",
        "orrery.llm.http.max-event, 17MB",
        "orrery.llm.http.plain-http, sometimes",
        "orrery.llm.pace.resting-runs, 0",
        "orrery.llm.providers.house.base-url, gopher://house"
    })
    void refusesWhatCannotWork(String key, String value) {
        // when / then
        assertThatThrownBy(() -> bound(Map.of(key, value))).isInstanceOf(BindException.class);
    }

    private static LlmSettings bound(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("orrery.llm", LlmSettings.class);
    }
}
