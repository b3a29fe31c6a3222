package dev.orrery.prompt.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SummarySettingsTest {

    private static SummarySettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("orrery.summaries", SummarySettings.class);
    }

    @Test
    void haveDefaultsAndAreAllMapped() {
        assertThat(bind(Map.of())).isEqualTo(new SummarySettings(2, Duration.ofHours(1)));
        assertThat(
                        bind(
                                Map.of(
                                        "orrery.summaries.concurrency", "5",
                                        "orrery.summaries.latest", "1d")))
                .isEqualTo(new SummarySettings(5, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"concurrency, 0", "concurrency, 10001", "latest, 0s"})
    void areWithinBounds(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("orrery.summaries." + name, value)))
                .rootCause()
                .hasMessageStartingWith("orrery.summaries." + name + ": ")
                .hasMessageContaining("expected: ");
    }
}
