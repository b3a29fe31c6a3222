package dev.orrery.enrichment.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How long a service wants to be left alone: RFC 9110, section 10.2.3. */
final class RetryAfter {

    /** A service that says more is asked again all the same: it may have meant something else. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /**
     * A service that says nothing, or less, has refused all the same: calls would meet more of it.
     */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /** 1 s to 5 min; 1 s when it does not say, or makes no sense. */
    static Duration of(HttpHeaders headers, Clock clock) {
        var value = headers.get(HttpHeaderNames.RETRY_AFTER);
        if (value == null) {
            return SHORTEST;
        }
        var wait = value.strip().matches("[0-9]{1,9}") ? seconds(value) : untilDate(value, clock);
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value.strip()));
    }

    private static Duration untilDate(String value, Clock clock) {
        try {
            var date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(clock.instant(), date.toInstant());
        } catch (DateTimeException noDate) {
            return SHORTEST;
        }
    }
}
