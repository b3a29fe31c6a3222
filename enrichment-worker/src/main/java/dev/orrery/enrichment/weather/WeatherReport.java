package dev.orrery.enrichment.weather;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The third step: the weather as one turn sees it.
 *
 * @param summary one sentence; says how old the observation is where that matters
 */
record WeatherReport(Weather weather, String summary) {

    /** Nobody asks how old an observation is that is not older. */
    private static final Duration RECENT = Duration.ofMinutes(45);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    static WeatherReport of(Weather weather, Instant asOf) {
        var age = Duration.between(weather.observedAt().toInstant(), asOf);
        var summary =
                "%s, %s °C, wind %s km/h at %s local time%s."
                        .formatted(
                                capitalised(weather.sky().words()),
                                weather.celsius().toPlainString(),
                                weather.windKilometresAnHour().toPlainString(),
                                TIME.format(weather.observedAt()),
                                age.compareTo(RECENT) > 0
                                        ? ", " + age.toMinutes() + " minutes ago"
                                        : "");
        return new WeatherReport(weather, summary);
    }

    private static String capitalised(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
