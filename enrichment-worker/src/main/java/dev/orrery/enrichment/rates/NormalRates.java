package dev.orrery.enrichment.rates;

import dev.orrery.enrichment.source.Field;
import dev.orrery.enrichment.source.SourceFailure;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The second step: the service's words become ours. Exactly what was asked for is taken: a rate of
 * another base, none for a currency or two for one are no answer.
 */
final class NormalRates {

    private static final BigDecimal LEAST = new BigDecimal("0.000000001");
    private static final BigDecimal GREATEST = new BigDecimal("1000000000");
    private static final int MOST_DECIMALS = 15;

    /** Holidays may follow each other; older rates are those of a service that stands still. */
    private static final int MOST_DAYS_OLD = 10;

    private NormalRates() {}

    /**
     * @param answer of the shape that {@link RatesShape} requires
     * @throws SourceFailure.InvalidAnswer naming the first field whose value cannot be
     */
    static ExchangeRates of(JsonNode answer, RatesQuestion question, Instant now) {
        var rows = RatesShape.root(answer).elements();
        var today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        var dates = rows.stream().map(row -> date(row.at("date"), today)).sorted().toList();
        rows.forEach(row -> requireBase(row, question.base()));
        var rates = new ArrayList<ExchangeRates.Rate>();
        for (var quote : question.quotes()) {
            rates.add(new ExchangeRates.Rate(quote, rate(quote, rows)));
        }
        return new ExchangeRates(question.base(), dates.getFirst(), rates, Publication.after(now));
    }

    private static void requireBase(Field row, String base) {
        if (!row.at("base").text().equals(base)) {
            throw row.at("base").invalid("the currency that was asked for");
        }
    }

    private static BigDecimal rate(String quote, List<Field> rows) {
        var named = rows.stream().filter(row -> row.at("quote").text().equals(quote)).toList();
        if (named.size() != 1) {
            throw new SourceFailure.InvalidAnswer(
                    "Invalid exchange rate response: quote "
                            + quote
                            + " "
                            + named.size()
                            + " times (expected: once)");
        }
        var field = named.getFirst().at("rate");
        var rate = field.decimal(LEAST, GREATEST).stripTrailingZeros();
        if (rate.scale() > MOST_DECIMALS) {
            throw field.invalid("at most " + MOST_DECIMALS + " decimals");
        }
        return rate.scale() < 0 ? rate.setScale(0) : rate;
    }

    /** The day begins in the east before it begins in Greenwich. */
    private static LocalDate date(Field field, LocalDate today) {
        try {
            var date = LocalDate.parse(field.text());
            if (!date.isAfter(today.plusDays(1))
                    && !date.isBefore(today.minusDays(MOST_DAYS_OLD))) {
                return date;
            }
        } catch (DateTimeException noDate) {
            // answered below, like one of another time
        }
        throw field.invalid("a day of the last " + MOST_DAYS_OLD);
    }
}
