package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.pipeline.http.Fields;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;

/**
 * When and where somebody was born. Coordinates and offset that are told win over those that follow
 * from the name of the place.
 *
 * @param date {@code yyyy-MM-dd}, a real day, from 1800-01-01 to today
 * @param time {@code HH:mm} or {@code HH:mm:ss}, civil time of the place
 * @param place name of a city, perhaps with region and country; null when not told
 * @param latitude degrees, north is positive, -90 to 90; null when not told
 * @param longitude degrees, east is positive, -180 to 180; null when not told
 * @param utcOffset hours ahead of UTC at that place on that day, -12 to 14 in quarters of an hour;
 *     null when not told
 * @param resolved what followed from the place; null when nothing had to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Birth(
        String date,
        String time,
        @Nullable String place,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @JsonProperty("utc_offset") @Nullable Double utcOffset,
        @Nullable Resolved resolved) {

    private static final LocalDate EARLIEST = LocalDate.of(1800, 1, 1);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    /** {@code resolved} is our own word; who sends back what they were shown is not refused. */
    private static final String[] FIELDS = {
        "date", "time", "place", "latitude", "longitude", "utc_offset", "resolved"
    };

    /**
     * @param today the last day that a birth may have, in the zone that is furthest ahead
     */
    static Birth of(Fields document, LocalDate today, Gazetteer gazetteer) {
        document.allowing(FIELDS);
        var date = date(document, today);
        var time = time(document);
        var place = BirthPlace.of(document);
        var resolved = place.resolved(date.atTime(time), document, gazetteer);
        return new Birth(
                date.toString(),
                document.text("time", 8),
                place.name(),
                place.latitude(),
                place.longitude(),
                place.utcOffset(),
                resolved);
    }

    private static LocalDate date(Fields document, LocalDate today) {
        var text = document.text("date", 10);
        try {
            var date = LocalDate.parse(text, DATE);
            if (!date.isBefore(EARLIEST) && !date.isAfter(today)) {
                return date;
            }
        } catch (DateTimeException unreal) {
            // answered below, like a day out of range
        }
        throw document.invalid(
                "date", "not such a day (expected: yyyy-MM-dd from " + EARLIEST + " to today)");
    }

    private static LocalTime time(Fields document) {
        var text = document.text("time", 8);
        if (text.matches("[0-9]{2}:[0-9]{2}(:[0-9]{2})?")) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException unreal) {
                // answered below, like a wrong form
            }
        }
        throw document.invalid(
                "time", "not a time (expected: HH:mm or HH:mm:ss, 00:00 to 23:59:59)");
    }

    /** Nothing: a birth is personal data. */
    @Override
    public String toString() {
        return "Birth[]";
    }
}
