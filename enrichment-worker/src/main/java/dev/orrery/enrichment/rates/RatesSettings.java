package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.http.BaseUrl;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.address.PlainHttp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The service of exchange rates; it wants no key.
 *
 * @param baseUrl http or https, without query; absent or empty means Frankfurter's own, version 2
 * @param plainHttp whether it may be asked over {@code http://}, beyond this machine, where an
 *     answer may be changed on its way
 * @param quotes ISO 4217 codes of the currencies that are told, 1 to 30; the user's own is left out
 * @param patience for one answer, and another try of it
 * @param grace how long after a publication the rates before it are used while the new ones are
 *     fetched
 * @param maxStale how long after their freshness rates may stand in for some that cannot be had
 * @param http bounds of the connections
 */
@ConfigurationProperties("orrery.exchange-rates")
public record RatesSettings(
        @Nullable URI baseUrl,
        @DefaultValue("refused") PlainHttp plainHttp,
        @DefaultValue({"EUR", "GBP", "INR", "JPY", "USD"}) List<String> quotes,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("6h") Duration grace,
        @DefaultValue("7d") Duration maxStale,
        @DefaultValue HttpSettings http) {

    private static final URI ORIGINAL = URI.create("https://api.frankfurter.dev/v2");
    static final int MOST_QUOTES = 30;

    public RatesSettings {
        baseUrl = BaseUrl.of("orrery.exchange-rates.base-url", baseUrl, ORIGINAL, plainHttp);
        quotes = quotes.stream().distinct().sorted().toList();
        if (quotes.isEmpty()
                || quotes.size() > MOST_QUOTES
                || !quotes.stream().allMatch(quote -> quote.matches("[A-Z]{3}"))) {
            throw new IllegalArgumentException(
                    "orrery.exchange-rates.quotes: "
                            + quotes
                            + " (expected: 1 to "
                            + MOST_QUOTES
                            + " ISO 4217 codes)");
        }
    }

    URI url() {
        return baseUrl == null ? ORIGINAL : baseUrl;
    }

    SourceLimits limits() {
        return new SourceLimits(patience, grace, maxStale);
    }
}
