package dev.orrery.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.chartapi.ChartApiSettings;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.rates.RatesSettings;
import dev.orrery.enrichment.weather.WeatherSettings;
import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The settings of weather, exchange rates and the chart API. */
class DataSettingsTest {

    private static final HttpSettings USUAL_HTTP =
            new HttpSettings(48, 1000, Duration.ofSeconds(2), DataSize.ofMegabytes(1));

    @Test
    void haveDefaults() {
        // when
        var nothing = Map.<String, String>of();

        // then
        assertThat(bind("orrery.weather", WeatherSettings.class, nothing))
                .isEqualTo(
                        new WeatherSettings(
                                URI.create("https://api.open-meteo.com/v1"),
                                PlainHttp.REFUSED,
                                Duration.ofSeconds(3),
                                Duration.ofMinutes(15),
                                Duration.ofHours(3),
                                USUAL_HTTP));
        assertThat(bind("orrery.exchange-rates", RatesSettings.class, nothing))
                .isEqualTo(
                        new RatesSettings(
                                URI.create("https://api.frankfurter.dev/v2"),
                                PlainHttp.REFUSED,
                                List.of("EUR", "GBP", "INR", "JPY", "USD"),
                                Duration.ofSeconds(3),
                                Duration.ofHours(6),
                                Duration.ofDays(7),
                                USUAL_HTTP));
        assertThat(bind("orrery.chart-api", ChartApiSettings.class, nothing))
                .isEqualTo(new ChartApiSettings("", "", 1000));
    }

    @Test
    void areAllMapped() {
        // given
        var everything =
                Map.ofEntries(
                        Map.entry("orrery.weather.base-url", "http://sky.example/v1"),
                        Map.entry("orrery.weather.plain-http", "allowed"),
                        Map.entry("orrery.weather.patience", "1s"),
                        Map.entry("orrery.weather.grace", "0s"),
                        Map.entry("orrery.weather.max-stale", "1h"),
                        Map.entry("orrery.weather.http.max-connections", "3"),
                        Map.entry("orrery.exchange-rates.base-url", "http://money.example"),
                        Map.entry("orrery.exchange-rates.plain-http", "allowed"),
                        Map.entry("orrery.exchange-rates.quotes", "USD,CHF,USD"),
                        Map.entry("orrery.exchange-rates.patience", "2s"),
                        Map.entry("orrery.exchange-rates.grace", "1h"),
                        Map.entry("orrery.exchange-rates.max-stale", "2h"),
                        Map.entry("orrery.exchange-rates.http.max-waiting", "7"),
                        Map.entry("orrery.chart-api.user-id", "600"),
                        Map.entry("orrery.chart-api.api-key", "secret"),
                        Map.entry("orrery.chart-api.most-waiting", "5"));

        // when
        var weather = bind("orrery.weather", WeatherSettings.class, everything);

        // then
        assertThat(weather)
                .isEqualTo(
                        new WeatherSettings(
                                URI.create("http://sky.example/v1"),
                                PlainHttp.ALLOWED,
                                Duration.ofSeconds(1),
                                Duration.ZERO,
                                Duration.ofHours(1),
                                new HttpSettings(
                                        3, 1000, Duration.ofSeconds(2), DataSize.ofMegabytes(1))));
        assertThat(bind("orrery.exchange-rates", RatesSettings.class, everything))
                .isEqualTo(
                        new RatesSettings(
                                URI.create("http://money.example"),
                                PlainHttp.ALLOWED,
                                List.of("CHF", "USD"),
                                Duration.ofSeconds(2),
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                new HttpSettings(
                                        48, 7, Duration.ofSeconds(2), DataSize.ofMegabytes(1))));
        assertThat(bind("orrery.chart-api", ChartApiSettings.class, everything))
                .isEqualTo(new ChartApiSettings("600", "secret", 5))
                .hasToString("ChartApiSettings[mostWaiting=5]");
    }

    @ParameterizedTest
    @CsvSource({
        "orrery.weather.base-url, ftp://sky.example",
        "orrery.weather.base-url, http://sky.example",
        "orrery.weather.base-url, http://localhost.evil.example",
        "orrery.exchange-rates.base-url, http://money.example",
        "orrery.exchange-rates.base-url, https://asha:secret@money.example",
        "orrery.exchange-rates.quotes, 'EUR,euros'",
        "orrery.chart-api.api-key, secret",
        "orrery.chart-api.user-id, 600",
        "orrery.chart-api.most-waiting, 0"
    })
    void refuseWhatMakesNoSense(String name, String value) {
        // given
        var settings = Map.of(name, value);

        // when
        Runnable bind =
                () -> {
                    bind("orrery.weather", WeatherSettings.class, settings);
                    bind("orrery.exchange-rates", RatesSettings.class, settings);
                    bind("orrery.chart-api", ChartApiSettings.class, settings);
                };

        // then
        assertThatThrownBy(bind::run).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(bind::run).rootCause().hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8090/weather", "http://localhost:1", "http://[::1]:1"})
    void takePlainHttpWithinThisMachine(String url) {
        // when
        var weather =
                bind(
                        "orrery.weather",
                        WeatherSettings.class,
                        Map.of("orrery.weather.base-url", url));

        // then
        assertThat(weather.baseUrl()).isEqualTo(URI.create(url));
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(prefix, Bindable.of(type));
    }
}
