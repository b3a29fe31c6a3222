package dev.orrery.enrichment.rates;

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
 * {@code exchange_rates}: what the money of the user's country is worth, from Frankfurter or one of
 * its shape.
 */
public final class RatesSource
        implements Source<RatesQuestion, ExchangeRates, RatesReport>, AutoCloseable {

    private final RatesSettings settings;
    private final Clock clock;
    private final JsonClient client;

    public RatesSource(RatesSettings settings, Clock clock, MeterRegistry meters) {
        this.settings = settings;
        this.clock = clock;
        this.client =
                new JsonClient(
                        "exchange_rates", settings.url(), Map.of(), settings.http(), clock, meters);
    }

    @Override
    public String kind() {
        return "exchange_rates";
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
    public Class<ExchangeRates> documentType() {
        return ExchangeRates.class;
    }

    @Override
    public RatesQuestion question(Profile profile) {
        return RatesQuestion.of(profile, BaseUrl.host(settings.url()), settings.quotes());
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

    @Override
    public String format(RatesReport report, Format format) {
        return switch (format) {
            case MARKDOWN -> RatesText.markdown(report);
            case JSON -> RatesText.json(report);
            case XML -> RatesText.xml(report);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
