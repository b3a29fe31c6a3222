package dev.orrery.enrichment.birthchart;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as the service writes them: {@code 7-3-2012 9:5}, without leading zeros and with two
 * blanks; sometimes a bare date with blanks behind it, which is its midnight.
 */
final class ServiceTime {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder()
                    .appendPattern("d-M-uuuu[ H:m]")
                    .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                    .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private static final int LONGEST = 40;

    private ServiceTime() {}

    static Optional<LocalDateTime> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var squeezed = text.strip().replaceAll("\\s+", " ");
            return Optional.of(LocalDateTime.parse(squeezed, FORMAT));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
