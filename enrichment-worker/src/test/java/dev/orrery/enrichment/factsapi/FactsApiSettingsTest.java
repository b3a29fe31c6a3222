package dev.orrery.enrichment.factsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.gateway.tokens.TokenSettings;
import dev.orrery.pipeline.gateway.tokens.TokenSettings.BodyHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FactsApiSettingsTest {

    private static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    private static final String OTHER_KEY = "w" + KEY.substring(1);

    @Test
    void haveDefaults() {
        // when
        var settings = bind(Map.of());

        // then
        assertThat(settings)
                .isEqualTo(
                        new FactsApiSettings(
                                new TokenSettings(KEY, "", Set.of(), "", BodyHash.OPTIONAL),
                                Duration.ofSeconds(5)));
    }

    @Test
    void areAllMapped() {
        // given
        var everything =
                Map.of(
                        "tokens.previous-key", OTHER_KEY,
                        "tokens.services", "llm-worker",
                        "tokens.audience", "facts",
                        "tokens.body-hash", "required",
                        "patience", "2s");

        // when
        var settings = bind(everything);

        // then
        assertThat(settings)
                .isEqualTo(
                        new FactsApiSettings(
                                new TokenSettings(
                                        KEY,
                                        OTHER_KEY,
                                        Set.of("llm-worker"),
                                        "facts",
                                        BodyHash.REQUIRED),
                                Duration.ofSeconds(2)));
        assertThat(settings.toString()).doesNotContain(KEY).doesNotContain(OTHER_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "patience, 0s, orrery.facts-api.patience: PT0S (expected: above 0)",
        "tokens.key, short, ORRERY_GATEWAY_KEY: 5 bytes (expected: at least 32)"
    })
    void refuseWhatMakesNoSense(String name, String value, String message) {
        // when / then
        assertThatThrownBy(() -> bind(Map.of(name, value))).rootCause().hasMessage(message);
    }

    private static FactsApiSettings bind(Map<String, String> settings) {
        var named = new HashMap<String, String>();
        named.put("orrery.facts-api.tokens.key", KEY);
        settings.forEach((name, value) -> named.put("orrery.facts-api." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("orrery.facts-api", Bindable.of(FactsApiSettings.class));
    }
}
