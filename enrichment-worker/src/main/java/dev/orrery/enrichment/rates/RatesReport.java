package dev.orrery.enrichment.rates;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The third step: the rates as one turn sees them.
 *
 * @param summary one sentence; says of which day they are, and how old where that matters
 */
record RatesReport(ExchangeRates rates, String summary) {

    /** A weekend and a day: nobody asks how old rates are that are not older. */
    private static final long RECENT_DAYS = 3;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    static RatesReport of(ExchangeRates rates, Instant asOf) {
        long days =
                ChronoUnit.DAYS.between(rates.date(), asOf.atOffset(ZoneOffset.UTC).toLocalDate());
        var summary =
                "Reference rates of %s%s, not market quotes: 1 %s is %s."
                        .formatted(
                                DAY.format(rates.date()),
                                days > RECENT_DAYS ? " (" + days + " days ago)" : "",
                                rates.base(),
                                rates.rates().stream()
                                        .map(each ->
                                                each.rate().toPlainString() + " " + each.quote())
                                        .collect(Collectors.joining(", ")));
        return new RatesReport(rates, summary);
    }
}
