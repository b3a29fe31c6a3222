package dev.orrery.llm.tools.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FactsSettingsTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static FactsSettings bound(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("orrery.llm.tools.facts", FactsSettings.class);
    }

    @Test
    void nameNobodyByDefault() {
        // when
        var settings = bound(Map.of());

        // then
        assertThat(settings)
                .isEqualTo(
                        new FactsSettings(
                                null,
                                null,
                                false,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(6),
                                64));
        try (var facts = settings.open(Clock.systemUTC())) {
            assertThat(facts).isInstanceOf(NoFacts.class);
        }
    }

    @Test
    void takeEveryKey() {
        // when
        var settings =
                bound(
                        Map.of(
                                "orrery.llm.tools.facts.url", "http://enrichment:8081",
                                "orrery.llm.tools.facts.key", KEY,
                                "orrery.llm.tools.facts.plain-http", "true",
                                "orrery.llm.tools.facts.connect-limit", "2s",
                                "orrery.llm.tools.facts.answer-limit", "3s",
                                "orrery.llm.tools.facts.connections", "5"));

        // then
        assertThat(settings)
                .isEqualTo(
                        new FactsSettings(
                                "http://enrichment:8081",
                                KEY,
                                true,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                5));
        assertThat(settings.toString()).doesNotContain(KEY);
    }

    @Test
    void sayWhatCannotWork() {
        // given
        var beyond = Map.of("orrery.llm.tools.facts.url", "http://enrichment:8081");
        var plain =
                new FactsSettings(
                        "http://enrichment:8081",
                        KEY,
                        false,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1);

        // when / then
        assertThatThrownBy(() -> bound(Map.of("orrery.llm.tools.facts.connections", "0")))
                .isInstanceOf(BindException.class);
        assertThatThrownBy(() -> plain.open(Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bound(beyond).open(Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
