package dev.orrery.pipeline.prompt.variables;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An instant as prompts write it: English words and an upper-case AM or PM, whatever the server's
 * own language is.
 */
public record Moment(ZonedDateTime at) {

    private static final DateTimeFormatter TIME = written("hh:mm a");
    private static final DateTimeFormatter DATE = written("dd MMMM yyyy");
    private static final DateTimeFormatter DAY_OF_WEEK = written("EEEE");

    public static Moment of(Instant instant, ZoneId zone) {
        return new Moment(instant.atZone(zone));
    }

    /** When the message came, in the bot's zone. */
    static Moment of(Scene scene) {
        return of(scene.acceptedAt(), scene.bot().zone());
    }

    /** For example {@code 02:45 PM}. */
    public String time() {
        return TIME.format(at);
    }

    /** For example {@code 05 March 2026}. */
    public String date() {
        return DATE.format(at);
    }

    /** For example {@code Thursday}. */
    public String dayOfWeek() {
        return DAY_OF_WEEK.format(at);
    }

    private static DateTimeFormatter written(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
