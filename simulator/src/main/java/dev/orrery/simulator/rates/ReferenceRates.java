package dev.orrery.simulator.rates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Made-up rates of working days. */
final class ReferenceRates {

    private static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");

    private static final LocalTime PUBLICATION = LocalTime.of(16, 0);

    private static final MathContext DIGITS = new MathContext(5);

    /** By which a rate may differ from its usual value. */
    private static final double LARGEST_CHANGE = 0.01;

    /** What a euro is usually worth. */
    private static final Map<String, Double> USUAL =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("AUD", 1.65),
                            Map.entry("BRL", 6.1),
                            Map.entry("CAD", 1.5),
                            Map.entry("CHF", 0.95),
                            Map.entry("CNY", 7.8),
                            Map.entry("CZK", 25.0),
                            Map.entry("DKK", 7.46),
                            Map.entry("EUR", 1.0),
                            Map.entry("GBP", 0.85),
                            Map.entry("HKD", 8.5),
                            Map.entry("HUF", 395.0),
                            Map.entry("IDR", 17500.0),
                            Map.entry("ILS", 4.0),
                            Map.entry("INR", 92.0),
                            Map.entry("ISK", 149.0),
                            Map.entry("JPY", 163.0),
                            Map.entry("KRW", 1480.0),
                            Map.entry("MXN", 20.0),
                            Map.entry("MYR", 5.0),
                            Map.entry("NOK", 11.7),
                            Map.entry("NZD", 1.8),
                            Map.entry("PHP", 62.0),
                            Map.entry("PLN", 4.3),
                            Map.entry("RON", 4.97),
                            Map.entry("SEK", 11.4),
                            Map.entry("SGD", 1.45),
                            Map.entry("THB", 38.0),
                            Map.entry("TRY", 36.0),
                            Map.entry("USD", 1.09),
                            Map.entry("ZAR", 20.0)));

    private ReferenceRates() {}

    static List<String> codes() {
        return List.copyOf(USUAL.keySet());
    }

    /** The day of the newest publication: a working day, from four in the afternoon on. */
    static LocalDate latest(Instant now) {
        ZonedDateTime there = now.atZone(FRANKFURT);
        LocalDate day =
                there.toLocalTime().isBefore(PUBLICATION)
                        ? there.toLocalDate().minusDays(1)
                        : there.toLocalDate();
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.minusDays(1);
        }
        return day;
    }

    /**
     * @throws UnknownCurrency if there is no rate for one of the two
     */
    static BigDecimal rate(String base, String quote, LocalDate date) {
        double rate = ofOneEuro("quotes", quote, date) / ofOneEuro("base", base, date);
        return BigDecimal.valueOf(rate).round(DIGITS);
    }

    private static double ofOneEuro(String parameter, String code, LocalDate date) {
        Double usual = USUAL.get(code);
        if (usual == null) {
            throw new UnknownCurrency(parameter);
        }
        double change =
                code.equals("EUR")
                        ? 0
                        : new SplittableRandom(date.toEpochDay() * 31 + code.hashCode())
                                .nextDouble(-LARGEST_CHANGE, LARGEST_CHANGE);
        return usual * (1 + change);
    }
}
