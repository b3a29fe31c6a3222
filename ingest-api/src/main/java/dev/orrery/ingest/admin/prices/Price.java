package dev.orrery.ingest.admin.prices;

import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.ingest.paging.Cursor;
import dev.orrery.pipeline.http.Fields;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a provider bills, in millionths of a US dollar for a million tokens. It is never changed: a
 * later one takes its place.
 *
 * @param provider code, or {@code *} for any
 * @param modelPattern a model's name, or its beginning and a {@code *}
 * @param cachedInputMicros null: as input
 * @param reasoningMicros null: as output
 */
record Price(
        String provider,
        String modelPattern,
        Instant effectiveFrom,
        long inputMicros,
        long outputMicros,
        @Nullable Long cachedInputMicros,
        @Nullable Long reasoningMicros) {

    /** A million dollars. */
    private static final long GREATEST_MICROS = 1_000_000_000_000L;

    private static final String ANY = "*";

    static Price of(Fields document, Providers providers, Clock clock) {
        document.allowing(
                "provider",
                "model_pattern",
                "effective_from",
                "input_micros",
                "output_micros",
                "cached_input_micros",
                "reasoning_micros");
        var pattern = document.text("model_pattern", 100);
        if (!pattern.matches("[^*\\s]*\\*?")) {
            throw document.invalid(
                    "model_pattern", "not a pattern (expected: a name, or its beginning and a *)");
        }
        return new Price(
                ANY.equals(document.optionalText("provider", 50))
                        ? ANY
                        : providers.provider(document, "provider"),
                pattern,
                effectiveFrom(document, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                document.wholeNumber("input_micros", 0, GREATEST_MICROS),
                document.wholeNumber("output_micros", 0, GREATEST_MICROS),
                document.optionalWholeNumber("cached_input_micros", 0, GREATEST_MICROS),
                document.optionalWholeNumber("reasoning_micros", 0, GREATEST_MICROS));
    }

    /** What calls have cost stays what it was, so no price takes effect in the past. */
    private static Instant effectiveFrom(Fields document, Instant now) {
        var text = document.optionalText("effective_from", 40);
        if (text == null) {
            return now;
        }
        try {
            var from = OffsetDateTime.parse(text).toInstant();
            if (!from.isBefore(now) && from.isBefore(now.plus(3_650, ChronoUnit.DAYS))) {
                return from;
            }
        } catch (DateTimeException malformed) {
            // answered below, like a time that is out of range
        }
        throw document.invalid(
                "effective_from",
                "not such a time (expected: ISO 8601 with an offset, from now on, within ten years)");
    }

    Cursor cursor() {
        return Cursor.at(effectiveFrom, provider, modelPattern);
    }

    String subject() {
        return "price/" + provider + "/" + modelPattern;
    }
}
