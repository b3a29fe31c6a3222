package dev.orrery.enrichment.weather;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.JsonClient;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.source.Texts;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * {@code weather}: what the sky does where the user is now, or at a place that a model asks about;
 * from Open-Meteo or one of its shape.
 */
public final class WeatherSource extends ServiceSource<WeatherQuestion, Weather, WeatherReport> {

    private static final String KIND = "weather";
    private static final Texts<WeatherReport> TEXTS =
            new Texts<>(WeatherText::markdown, WeatherText::json, WeatherText::xml);

    private final String service;
    private final JsonClient client;
    private final Clock clock;

    public WeatherSource(WeatherSettings settings, Clock clock, MeterRegistry meters) {
        this(
                settings,
                new JsonClient(KIND, settings.url(), Map.of(), settings.http(), clock, meters),
                clock);
    }

    private WeatherSource(WeatherSettings settings, JsonClient client, Clock clock) {
        super(KIND, 1, Weather.class, settings.limits(), TEXTS, client::close);
        this.service = BaseUrl.name(settings.url());
        this.client = client;
        this.clock = clock;
    }

    @Override
    public WeatherQuestion question(Profile profile) {
        return WeatherQuestion.of(profile, service);
    }

    @Override
    public WeatherQuestion question(Profile profile, Fields arguments) {
        return WeatherQuestion.of(profile, service, arguments);
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
        return NormalWeather.of(answer, question, clock.instant());
    }

    @Override
    public WeatherReport enrich(Weather weather, Instant asOf) {
        return WeatherReport.of(weather, asOf);
    }
}
