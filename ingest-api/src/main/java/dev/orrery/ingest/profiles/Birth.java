package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * When and where somebody was born.
 *
 * @param date {@code yyyy-MM-dd}, a real day, from 1800-01-01 to today
 * @param time {@code HH:mm} or {@code HH:mm:ss}, civil time of the place
 * @param place name of the place, for people to read; null when not told
 * @param latitude degrees, north is positive, -90 to 90
 * @param longitude degrees, east is positive, -180 to 180
 * @param utcOffset hours ahead of UTC at that place on that day, -12 to 14 in quarters of an hour
 */
record Birth(
        String date,
        String time,
        @Nullable String place,
        double latitude,
        double longitude,
        @JsonProperty("utc_offset") double utcOffset) {

    private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private static final String[] FIELDS = {
        "date", "time", "place", "latitude", "longitude", "utc_offset"
    };

    /**
     * @param today the last day that a birth may have, in the zone that is furthest ahead
     */
    static Birth of(Fields document, LocalDate today) {
        document.allowing(FIELDS);
        var date = date(document, today);
        var time = time(document);
        var place = document.optionalText("place", 200);
        if (place != null && !document.has("latitude") && !document.has("longitude")) {
            throw new Problem(
                    ProblemCode.PLACE_NOT_RESOLVED,
                    "birth.place: a name alone (expected: latitude, longitude and utc_offset beside it)");
        }
        return new Birth(
                date,
                time,
                place,
                document.number("latitude", -90, 90),
                document.number("longitude", -180, 180),
                offset(document));
    }

    private static String date(Fields document, LocalDate today) {
        var text = document.text("date", 10);
        try {
            var date = LocalDate.parse(text, DATE);
            if (!date.isBefore(EARLIEST) && !date.isAfter(today)) {
                return text;
            }
        } catch (DateTimeException unreal) {
            // answered below, like a day out of range
        }
        throw document.invalid(
                "date", "not such a day (expected: yyyy-MM-dd from " + EARLIEST + " to today)");
    }

    private static String time(Fields document) {
        var text = document.text("time", 8);
        if (text.matches("[0-9]{2}:[0-9]{2}(:[0-9]{2})?")) {
            try {
                LocalTime.parse(text);
                return text;
            } catch (DateTimeException unreal) {
                // answered below, like a wrong form
            }
        }
        throw document.invalid(
                "time", "not a time (expected: HH:mm or HH:mm:ss, 00:00 to 23:59:59)");
    }

    private static double offset(Fields document) {
        double hours = document.number("utc_offset", -12, 14);
        if (hours * 4 != Math.rint(hours * 4)) {
            throw document.invalid(
                    "utc_offset", "not whole quarters (expected: hours in steps of 0.25)");
        }
        return hours;
    }
}
