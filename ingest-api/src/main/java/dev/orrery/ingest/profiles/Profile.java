package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.pipeline.http.Fields;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
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
 * @param country ISO 3166-1 alpha-2; whose currency exchange rates start from
 * @param place where the user is now; what the weather is asked for
 * @param timeZone IANA name, where the user's day begins and ends; null leaves it to the place
 * @param app the app the user talks through, 1 to 64 characters; null leaves it to the bot
 * @param second somebody else whom the user asks about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Profile(
        @Nullable String name,
        @Nullable String gender,
        @Nullable String language,
        @Nullable String country,
        @Nullable Birth birth,
        @Nullable Home place,
        @JsonProperty("time_zone") @Nullable String timeZone,
        @JsonProperty("app_id") @Nullable String app,
        @Nullable SecondProfile second) {

    private static final String[] FIELDS = {
        "name", "gender", "language", "country", "birth", "place", "time_zone", "app_id", "second"
    };

    private static final Set<String> COUNTRIES =
            Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final ZoneOffset FURTHEST_AHEAD = ZoneOffset.ofHours(14);

    /** Names of places are looked up, so the calling thread may have to wait. */
    static Profile of(Fields document, Clock clock, Gazetteer gazetteer) {
        document.allowing(FIELDS);
        var today = LocalDate.now(clock.withZone(FURTHEST_AHEAD));
        var birth = document.optionalObject("birth");
        var place = document.optionalObject("place");
        var second = document.optionalObject("second");
        return new Profile(
                document.optionalText("name", 100),
                document.optionalText("gender", 32),
                language(document),
                country(document),
                birth == null ? null : Birth.of(birth, today, gazetteer),
                place == null ? null : Home.of(place, gazetteer),
                timeZone(document),
                document.optionalText("app_id", 64),
                second == null ? null : SecondProfile.of(second, today, gazetteer));
    }

    private static @Nullable String language(Fields document) {
        var language = document.optionalText("language", 35);
        if (language != null && !language.matches("[A-Za-z]{2,20}(-[A-Za-z0-9]{1,8})*")) {
            throw document.invalid(
                    "language", "not a language (expected: for example en, hi-IN or ENGLISH)");
        }
        return language;
    }

    /** By name alone: an offset would be wrong half of the year in much of the world. */
    private static @Nullable String timeZone(Fields document) {
        var zone = document.optionalText("time_zone", 64);
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            throw document.invalid(
                    "time_zone", "no such zone (expected: IANA, for example Asia/Kolkata)");
        }
        return zone;
    }

    private static @Nullable String country(Fields document) {
        var country = document.optionalText("country", 2);
        if (country != null && !COUNTRIES.contains(country)) {
            throw document.invalid(
                    "country", "not a country (expected: ISO 3166-1 alpha-2, for example IN)");
        }
        return country;
    }

    /** Nothing: a profile is personal data. */
    @Override
    public String toString() {
        return "Profile[]";
    }
}
