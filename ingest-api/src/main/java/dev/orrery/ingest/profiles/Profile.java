package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.pipeline.http.Fields;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about themselves; null is what they did not say. A bot names what it requires.
 *
 * @param name 1 to 100 characters
 * @param gender 1 to 32 characters, in the user's own words
 * @param language BCP 47 tag or the name of a language, 2 to 35 letters, digits and hyphens
 * @param country ISO 3166-1 alpha-2
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Profile(
        @Nullable String name,
        @Nullable String gender,
        @Nullable String language,
        @Nullable String country,
        @Nullable Birth birth) {

    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final ZoneOffset FURTHEST_AHEAD = ZoneOffset.ofHours(14);

    static Profile of(Fields document, Clock clock) {
        document.allowing("name", "gender", "language", "country", "birth");
        var birth = document.optionalObject("birth");
        return new Profile(
                document.optionalText("name", 100),
                document.optionalText("gender", 32),
                language(document),
                country(document),
                birth == null
                        ? null
                        : Birth.of(birth, LocalDate.now(clock.withZone(FURTHEST_AHEAD))));
    }

    private static @Nullable String language(Fields document) {
        var language = document.optionalText("language", 35);
        if (language != null && !language.matches("[A-Za-z]{2,20}(-[A-Za-z0-9]{1,8})*")) {
            throw document.invalid(
                    "language", "not a language (expected: for example en, hi-IN or ENGLISH)");
        }
        return language;
    }

    private static @Nullable String country(Fields document) {
        var country = document.optionalText("country", 2);
        if (country != null && !COUNTRIES.contains(country)) {
            throw document.invalid(
                    "country", "not a country (expected: ISO 3166-1 alpha-2, for example IN)");
        }
        return country;
    }
}
