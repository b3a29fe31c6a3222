package dev.orrery.llm.gemini;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code google.rpc.RetryInfo}: how long this API wants to be left alone. */
final class RetryInfo {

    private static final String TYPE = "google.rpc.RetryInfo";

    /** Seconds with up to nine places, as protocol buffers write a duration in JSON. */
    private static final Pattern DELAY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

    /** Nobody waits longer than this within one turn. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryInfo() {}

    /**
     * @return 0 to 1 h; null when the error does not say, or nothing sensible
     */
    static @Nullable Duration in(JsonNode error) {
        for (var detail : error.path("details")) {
            if (detail.path("@type").asString("").endsWith(TYPE)) {
                return delay(detail.path("retryDelay").asString(""));
            }
        }
        return null;
    }

    private static @Nullable Duration delay(String text) {
        var delay = DELAY.matcher(text);
        if (!delay.matches()) {
            return null;
        }
        var wait = Duration.ofNanos(new BigDecimal(delay.group(1)).movePointRight(9).longValue());
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
