package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.JsonClient;
import dev.orrery.enrichment.source.ServiceSource;
import dev.orrery.enrichment.source.Texts;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * {@code exchange_rates}: what the money of the user's country is worth, or one that a model asks
 * about; from Frankfurter or one of its shape.
 */
public final class RatesSource extends ServiceSource<RatesQuestion, ExchangeRates, RatesReport> {

    private static final String KIND = "exchange_rates";
    private static final Texts<RatesReport> TEXTS =
            new Texts<>(RatesText::markdown, RatesText::json, RatesText::xml);

    private final String service;
    private final List<String> quotes;
    private final JsonClient client;
    private final Clock clock;

    public RatesSource(RatesSettings settings, Clock clock, MeterRegistry meters) {
        this(
                settings,
                new JsonClient(KIND, settings.url(), Map.of(), settings.http(), clock, meters),
                clock);
    }

    private RatesSource(RatesSettings settings, JsonClient client, Clock clock) {
        super(KIND, 1, ExchangeRates.class, settings.limits(), TEXTS, client::close);
        this.service = BaseUrl.name(settings.url());
        this.quotes = settings.quotes();
        this.client = client;
        this.clock = clock;
    }

    @Override
    public RatesQuestion question(Profile profile) {
        return RatesQuestion.of(profile, service, quotes);
    }

    @Override
    public RatesQuestion question(Profile profile, Fields arguments) {
        return RatesQuestion.of(profile, service, quotes, arguments);
    }

    @Override
    public Mono<JsonNode> fetch(RatesQuestion question) {
        return client.get(
                "/rates",
                "base=" + question.base() + "&quotes=" + String.join(",", question.quotes()));
    }

    @Override
    public JsonNode validate(JsonNode answer) {
        RatesShape.require(answer);
        return answer;
    }

    @Override
    public ExchangeRates normalise(JsonNode answer, RatesQuestion question) {
        return NormalRates.of(answer, question, clock.instant());
    }

    @Override
    public RatesReport enrich(ExchangeRates rates, Instant asOf) {
        return RatesReport.of(rates, asOf);
    }
}
