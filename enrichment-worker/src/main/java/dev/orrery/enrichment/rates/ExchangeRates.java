package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.source.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Reference rates as they are kept. They are for talking about; wallets are never converted by
 * them.
 *
 * @param base ISO 4217 code
 * @param date of publication; of the oldest where they differ
 * @param rates one for each currency that was asked for, in order
 * @param freshUntil the next publication, 12 hours from the answer at most
 */
record ExchangeRates(String base, LocalDate date, List<Rate> rates, Instant freshUntil)
        implements Document {

    ExchangeRates {
        rates = List.copyOf(rates);
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("rates: none (expected: one or more)");
        }
    }

    /**
     * What one unit of the base is worth.
     *
     * @param quote ISO 4217 code
     * @param rate above 0, with the digits it was published with
     */
    record Rate(String quote, BigDecimal rate) {}
}
