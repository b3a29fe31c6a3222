package dev.orrery.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.chain.HedgeSettings;
import dev.orrery.llm.guard.BreakerSettings;
import dev.orrery.llm.guard.ConcurrencySettings;
import dev.orrery.llm.guard.CostSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GuardSettingsTest {

    @Test
    void hasSensibleDefaults() {
        // when
        var settings = bound(Map.of());

        // then
        assertThat(settings)
                .isEqualTo(
                        new GuardSettings(
                                BreakerSettings.defaults(),
                                ConcurrencySettings.defaults(),
                                CostSettings.unlimited(),
                                HedgeSettings.defaults()));
    }

    @Test
    void readsEveryKey() {
        // given
        var keys =
                Map.ofEntries(
                        Map.entry("orrery.llm.breaker.window", "6"),
                        Map.entry("orrery.llm.breaker.minimum-calls", "5"),
                        Map.entry("orrery.llm.breaker.failure-percent", "40"),
                        Map.entry("orrery.llm.breaker.open", "3s"),
                        Map.entry("orrery.llm.breaker.probes", "4"),
                        Map.entry("orrery.llm.breaker.quota-pause", "2s"),
                        Map.entry("orrery.llm.breaker.longest-pause", "1s"),
                        Map.entry("orrery.llm.concurrency.initial", "8"),
                        Map.entry("orrery.llm.concurrency.least", "7"),
                        Map.entry("orrery.llm.concurrency.most", "9"),
                        Map.entry("orrery.llm.cost.daily-limit", "12.50"),
                        Map.entry("orrery.llm.cost.daily-limit-per-bot", "2"),
                        Map.entry("orrery.llm.cost.daily-limit-per-service", "4"),
                        Map.entry("orrery.llm.cost.daily-limits[mira]", "3"),
                        Map.entry("orrery.llm.cost.daily-limits[service:reports]", "5"),
                        Map.entry("orrery.llm.hedge.enabled", "false"),
                        Map.entry("orrery.llm.hedge.window", "30"),
                        Map.entry("orrery.llm.hedge.least-samples", "10"),
                        Map.entry("orrery.llm.hedge.shortest", "2s"),
                        Map.entry("orrery.llm.cost.unpriced-per-million", "20"),
                        Map.entry("orrery.llm.hedge.longest", "3s"),
                        Map.entry("orrery.llm.hedge.models", "4"));

        // when
        var settings = bound(keys);

        // then
        assertThat(settings)
                .isEqualTo(
                        new GuardSettings(
                                new BreakerSettings(
                                        6,
                                        5,
                                        40,
                                        Duration.ofSeconds(3),
                                        4,
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(1)),
                                new ConcurrencySettings(8, 7, 9),
                                new CostSettings(
                                        new BigDecimal("12.50"),
                                        new BigDecimal("2"),
                                        new BigDecimal("4"),
                                        Map.of(
                                                "mira",
                                                new BigDecimal("3"),
                                                "service:reports",
                                                new BigDecimal("5")),
                                        new BigDecimal("20")),
                                new HedgeSettings(
                                        false,
                                        30,
                                        10,
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(3),
                                        4)));
    }

    @ParameterizedTest
    @CsvSource({
        "orrery.llm.breaker.window, 0",
        "orrery.llm.breaker.minimum-calls, 21",
        "orrery.llm.breaker.failure-percent, 101",
        "orrery.llm.breaker.open, 0s",
        "orrery.llm.breaker.probes, 0",
        "orrery.llm.concurrency.least, 0",
        "orrery.llm.concurrency.initial, 1025",
        "orrery.llm.cost.daily-limit, -1",
        "orrery.llm.cost.daily-limit-per-service, -1",
        "orrery.llm.cost.unpriced-per-million, -1",
        "orrery.llm.cost.daily-limits[mira], -0.01",
        "orrery.llm.hedge.window, 19",
        "orrery.llm.hedge.least-samples, 0",
        "orrery.llm.hedge.shortest, 11s",
        "orrery.llm.hedge.longest, 0s",
        "orrery.llm.hedge.models, 0"
    })
    void refusesWhatCannotWork(String key, String value) {
        // when / then
        assertThatThrownBy(() -> bound(Map.of(key, value))).isInstanceOf(BindException.class);
    }

    private static GuardSettings bound(Map<String, String> keys) {
        return new Binder(new MapConfigurationPropertySource(keys))
                .bindOrCreate("orrery.llm", GuardSettings.class);
    }
}
