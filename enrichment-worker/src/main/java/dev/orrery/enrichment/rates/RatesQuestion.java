package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.profiles.Profile;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * Which rates are wanted: from the currency of the user's country into others.
 *
 * @param service host of the service
 * @param base ISO 4217 code
 * @param quotes ISO 4217 codes in order, the base not among them
 */
record RatesQuestion(String service, String base, List<String> quotes) implements Question {

    /**
     * @throws SourceFailure.NotAskable when the profile names no country, or one without a currency
     */
    static RatesQuestion of(Profile profile, String service, List<String> quotes) {
        var country = profile.document().path("country");
        if (!country.isString()) {
            throw new SourceFailure.NotAskable("no_country");
        }
        var base = currency(country.stringValue());
        var others = quotes.stream().filter(quote -> !quote.equals(base)).sorted().toList();
        if (others.isEmpty()) {
            throw new SourceFailure.NotAskable("unusable_country");
        }
        return new RatesQuestion(service, base, others);
    }

    /** Antarctica has none. */
    private static String currency(String country) {
        var known = Arrays.asList(Locale.getISOCountries()).contains(country);
        var currency = known ? Currency.getInstance(Locale.of("", country)) : null;
        if (currency == null) {
            throw new SourceFailure.NotAskable("unusable_country");
        }
        return currency.getCurrencyCode();
    }

    @Override
    public String canonical() {
        return String.join("|", service, "latest", base, String.join(",", quotes));
    }

    /** A whole country asks it. */
    @Override
    public boolean isPersonal() {
        return false;
    }
}
