package dev.orrery.llm.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How long a provider wants to be left alone. */
public final class RetryAfter {

    /**
     * Nobody waits longer than this within one turn; it also keeps absurd values out of the
     * arithmetic.
     */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * Reads {@code retry-after-ms}, or else {@code retry-after} as seconds or as a date.
     *
     * @return 0 to 1 h; null when neither is there or makes sense
     */
    public static @Nullable Duration of(HttpHeaders headers, Clock clock) {
        var milliseconds = headers.getFirst("retry-after-ms");
        var wait = milliseconds == null ? null : ofNumber(milliseconds, 1);
        if (wait != null) {
            return wait;
        }
        var value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (value == null) {
            return null;
        }
        var seconds = ofNumber(value, 1000);
        return seconds != null ? seconds : ofDate(value, clock);
    }

    private static @Nullable Duration ofNumber(String value, int unitMillis) {
        try {
            double millis = Double.parseDouble(value.strip()) * unitMillis;
            return millis >= 0
                    ? bounded(Duration.ofMillis((long) Math.min(millis, LONGEST.toMillis())))
                    : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static @Nullable Duration ofDate(String value, Clock clock) {
        try {
            var until =
                    ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return bounded(Duration.between(clock.instant(), until));
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
