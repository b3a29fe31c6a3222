package dev.orrery.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void haveDefaults() {
        // given
        var nothing = Map.<String, String>of();

        // when
        var worker = bind("orrery.enrichment", EnrichmentSettings.class, nothing);

        // then
        assertThat(worker)
                .isEqualTo(
                        new EnrichmentSettings(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                "redis://localhost:6379"));
        assertThat(bind("orrery.enrichment.cache", CacheSettings.class, nothing))
                .isEqualTo(
                        new CacheSettings(
                                DataSize.ofMegabytes(64),
                                Duration.ofSeconds(600),
                                Duration.ofMillis(50),
                                Duration.ofMillis(300),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30)));
        assertThat(bind("orrery.astrology", AstrologySettings.class, nothing))
                .isEqualTo(
                        new AstrologySettings(
                                null,
                                "",
                                "",
                                PlainHttp.REFUSED,
                                Duration.ofSeconds(3),
                                Duration.ofDays(30),
                                2,
                                new HttpSettings(
                                        48, 1000, Duration.ofSeconds(2), DataSize.ofMegabytes(1))));
    }

    @Test
    void areAllMapped() {
        // given
        var everything =
                Map.ofEntries(
                        Map.entry("orrery.enrichment.patience", "4s"),
                        Map.entry("orrery.enrichment.read-time-limit", "1s"),
                        Map.entry("orrery.enrichment.redis-url", "redis://cache:6380"),
                        Map.entry("orrery.enrichment.cache.instance-weight", "1MB"),
                        Map.entry("orrery.enrichment.cache.lifetime", "60s"),
                        Map.entry("orrery.enrichment.cache.redis-limit", "20ms"),
                        Map.entry("orrery.enrichment.cache.database-limit", "200ms"),
                        Map.entry("orrery.enrichment.cache.longest-wait", "0s"),
                        Map.entry("orrery.enrichment.cache.failure-memory", "5s"),
                        Map.entry("orrery.astrology.base-url", "http://stars.example/v2"),
                        Map.entry("orrery.astrology.user-id", "600"),
                        Map.entry("orrery.astrology.api-key", "secret"),
                        Map.entry("orrery.astrology.plain-http", "allowed"),
                        Map.entry("orrery.astrology.patience", "2s"),
                        Map.entry("orrery.astrology.max-stale", "0s"),
                        Map.entry("orrery.astrology.dasha-levels", "5"),
                        Map.entry("orrery.astrology.http.max-connections", "3"),
                        Map.entry("orrery.astrology.http.max-waiting", "10"),
                        Map.entry("orrery.astrology.http.connect-limit", "1s"),
                        Map.entry("orrery.astrology.http.max-response", "64KB"));

        // when
        var worker = bind("orrery.enrichment", EnrichmentSettings.class, everything);

        // then
        assertThat(worker)
                .isEqualTo(
                        new EnrichmentSettings(
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(1),
                                "redis://cache:6380"));
        assertThat(bind("orrery.enrichment.cache", CacheSettings.class, everything))
                .isEqualTo(
                        new CacheSettings(
                                DataSize.ofMegabytes(1),
                                Duration.ofSeconds(60),
                                Duration.ofMillis(20),
                                Duration.ofMillis(200),
                                Duration.ZERO,
                                Duration.ofSeconds(5)));
        assertThat(bind("orrery.astrology", AstrologySettings.class, everything))
                .isEqualTo(
                        new AstrologySettings(
                                URI.create("http://stars.example/v2"),
                                "600",
                                "secret",
                                PlainHttp.ALLOWED,
                                Duration.ofSeconds(2),
                                Duration.ZERO,
                                5,
                                new HttpSettings(
                                        3, 10, Duration.ofSeconds(1), DataSize.ofKilobytes(64))));
    }

    @ParameterizedTest
    @CsvSource({
        "orrery.astrology.base-url, ftp://stars.example/v1",
        "orrery.astrology.base-url, http://stars.example/v1",
        "orrery.astrology.base-url, https://asha:secret@stars.example/v1",
        "orrery.astrology.base-url, https://stars.example/v1?key=secret",
        "orrery.astrology.dasha-levels, 1",
        "orrery.astrology.dasha-levels, 6",
        "orrery.astrology.http.max-connections, 0"
    })
    void refuseWhatMakesNoSense(String name, String value) {
        // given
        var settings = Map.of(name, value);

        // when
        Runnable bind = () -> bind("orrery.astrology", AstrologySettings.class, settings);

        // then
        assertThatThrownBy(bind::run).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(bind::run).rootCause().hasMessageNotContaining("secret");
    }

    @Test
    void takeAnEmptyAddressForTheUsualOne() {
        // given
        var settings = Map.of("orrery.astrology.base-url", ""); // as containers pass it

        // when
        var astrology = bind("orrery.astrology", AstrologySettings.class, settings);

        // then
        assertThat(astrology).hasToString("AstrologySettings[https://json.astrologyapi.com/v1]");
    }

    @Test
    void tellNoSecretInALog() {
        // given
        var astrology =
                bind(
                        "orrery.astrology",
                        AstrologySettings.class,
                        Map.of("orrery.astrology.api-key", "secret"));

        // when
        var text = astrology.toString();

        // then
        assertThat(text).isEqualTo("AstrologySettings[https://json.astrologyapi.com/v1]");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(prefix, Bindable.of(type));
    }
}
