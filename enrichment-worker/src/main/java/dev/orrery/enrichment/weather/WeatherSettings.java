package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The weather service; it wants no key.
 *
 * @param baseUrl http or https, without query; absent or empty means Open-Meteo's own
 * @param plainHttp whether places may be asked about over {@code http://}, beyond this machine
 * @param patience for one answer, and another try of it
 * @param grace how long after its freshness an observation is used while a newer one is fetched
 * @param maxStale how long after its freshness an observation may stand in for one that cannot be
 *     had
 * @param http bounds of the connections
 */
@ConfigurationProperties("orrery.weather")
public record WeatherSettings(
        @Nullable URI baseUrl,
        @DefaultValue("refused") PlainHttp plainHttp,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("15m") Duration grace,
        @DefaultValue("3h") Duration maxStale,
        @DefaultValue HttpSettings http) {

    private static final URI ORIGINAL = URI.create("https://api.open-meteo.com/v1");

    public WeatherSettings {
        baseUrl = BaseUrl.of("orrery.weather.base-url", baseUrl, ORIGINAL, plainHttp);
    }

    URI url() {
        return baseUrl == null ? ORIGINAL : baseUrl;
    }

    SourceLimits limits() {
        return new SourceLimits(patience, grace, maxStale);
    }
}
