package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    private static PromptSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("orrery.prompt", PromptSettings.class);
    }

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(
                        new PromptSettings(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(250),
                                Duration.ofSeconds(10)));
    }

    @Test
    void areAllMapped() {
        assertThat(
                        bind(
                                Map.of(
                                        "orrery.prompt.read-time-limit", "300ms",
                                        "orrery.prompt.bot-freshness", "1m",
                                        "orrery.prompt.memory-time-limit", "70ms",
                                        "orrery.prompt.memory-freshness", "2m")))
                .isEqualTo(
                        new PromptSettings(
                                Duration.ofMillis(300),
                                Duration.ofMinutes(1),
                                Duration.ofMillis(70),
                                Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"read-time-limit", "bot-freshness", "memory-time-limit", "memory-freshness"})
    void areAboveNothing(String name) {
        assertThatThrownBy(() -> bind(Map.of("orrery.prompt." + name, "0s")))
                .hasRootCauseMessage("orrery.prompt." + name + ": PT0S (expected: above 0)");
    }
}
