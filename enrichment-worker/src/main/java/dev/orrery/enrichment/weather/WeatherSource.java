package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.JsonClient;
import dev.orrery.enrichment.source.Format;
import dev.orrery.enrichment.source.Source;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * {@code weather}: what the sky does where the user is now, from Open-Meteo or one of its shape.
 */
public final class WeatherSource
        implements Source<WeatherQuestion, Weather, WeatherReport>, AutoCloseable {

    private final WeatherSettings settings;
    private final Clock clock;
    private final JsonClient client;

    public WeatherSource(WeatherSettings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.clock = clock;
        this.client =
                new JsonClient("weather", settings.url(), Map.of(), settings.http(), clock, meters);
    }

    @Override
    public String kind() {
        return "weather";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SourceLimits limits() {
        return settings.limits();
    }

    @Override
    public Class<Weather> documentType() {
        return Weather.class;
    }

    @Override
    public WeatherQuestion question(Profile profile) {
        return WeatherQuestion.of(profile, BaseUrl.host(settings.url()));
    }

    @Override
    public Mono<JsonNode> fetch(WeatherQuestion question) {
        return client.get(
                "/forecast",
                "latitude=%s&longitude=%s&current=%s&timezone=auto"
                        .formatted(
                                question.latitude().toPlainString(),
                                question.longitude().toPlainString(),
                                WeatherQuestion.FIELDS));
    }

    @Override
    public JsonNode validate(JsonNode answer) {
        WeatherShape.require(answer);
        return answer;
    }

    @Override
    public Weather normalise(JsonNode answer, WeatherQuestion question) {
        return NormalWeather.of(answer, clock.instant());
    }

    @Override
    public WeatherReport enrich(Weather weather, Instant asOf) {
        return WeatherReport.of(weather, asOf);
    }

    @Override
    public String format(WeatherReport report, Format format) {
        return switch (format) {
            case MARKDOWN -> WeatherText.markdown(report);
            case JSON -> WeatherText.json(report);
            case XML -> WeatherText.xml(report);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
