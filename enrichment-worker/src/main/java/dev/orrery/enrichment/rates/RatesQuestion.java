package dev.orrery.enrichment.rates;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orrery.enrichment.source.Question;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.profiles.Profile;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which rates are wanted: from the currency of the user's country into others.
 *
 * @param service which one is asked
 * @param base ISO 4217 code
 * @param quotes ISO 4217 codes in order, the base not among them
 */
record RatesQuestion(String service, String base, List<String> quotes) implements Question {

    private static final String BASE = "base";
    private static final String QUOTE = "quote";
    private static final String QUOTES = "quotes";
    private static final int CODE_CHARACTERS = 3;
    private static final Set<String> CODES =
            Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .collect(toUnmodifiableSet());

    /**
     * @throws SourceFailure.NotAskable when the profile names no country, or one without a currency
     */
    static RatesQuestion of(Profile profile, String service, List<String> quotes) {
        var base = ofCountry(profile);
        var others = without(base, quotes);
        if (others.isEmpty()) {
            throw new SourceFailure.NotAskable("unusable_country");
        }
        return new RatesQuestion(service, base, others);
    }

    private static String ofCountry(Profile profile) {
        var country = profile.document().path("country");
        if (!country.isString()) {
            throw new SourceFailure.NotAskable("no_country");
        }
        return currency(country.stringValue());
    }

    /**
     * As {@link #of(Profile, String, List)}, with what is told in place of the profile's currency
     * and of the usual ones.
     *
     * @throws dev.orrery.pipeline.http.Problem when that is no currency, or nothing but the base
     */
    static RatesQuestion of(Profile profile, String service, List<String> usual, Fields told) {
        told.allowing(BASE, QUOTE, QUOTES);
        if (told.isEmpty()) {
            return of(profile, service, usual);
        }
        var quotes = quotes(told, usual);
        var toldBase = told.optionalText(BASE, CODE_CHARACTERS);
        var base = toldBase == null ? ofCountry(profile) : known(told, BASE, toldBase);
        var others = without(base, quotes);
        if (others.isEmpty()) {
            throw told.invalid(QUOTES, "only the base (expected: another currency)");
        }
        return new RatesQuestion(service, base, others);
    }

    private static List<String> without(String base, List<String> quotes) {
        return quotes.stream().filter(quote -> !quote.equals(base)).sorted().toList();
    }

    private static List<String> quotes(Fields told, List<String> usual) {
        var one = told.optionalText(QUOTE, CODE_CHARACTERS);
        var many = told.texts(QUOTES, RatesSettings.MOST_QUOTES, CODE_CHARACTERS);
        if (one != null && !many.isEmpty()) {
            throw told.invalid(QUOTE, "beside quotes (expected: either of them)");
        }
        if (one != null) {
            return List.of(known(told, QUOTE, one));
        }
        return many.isEmpty()
                ? usual
                : many.stream().map(code -> known(told, QUOTES, code)).distinct().toList();
    }

    /** In either case: whoever writes in small letters means the same. */
    private static String known(Fields told, String field, String code) {
        var upper = code.toUpperCase(Locale.ROOT);
        if (!CODES.contains(upper)) {
            throw told.invalid(field, "no currency (expected: ISO 4217, such as INR)");
        }
        return upper;
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
