package dev.orrery.ingest.profiles;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.pipeline.http.Fields;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else whom a user asks about, to see whether the two suit each other; null is what they
 * did not say.
 *
 * @param name 1 to 100 characters
 * @param gender 1 to 32 characters, in the user's own words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SecondProfile(@Nullable String name, @Nullable String gender, @Nullable Birth birth) {

    static SecondProfile of(Fields document, LocalDate today, Gazetteer gazetteer) {
        document.allowing("name", "gender", "birth");
        var birth = document.optionalObject("birth");
        return new SecondProfile(
                document.optionalText("name", 100),
                document.optionalText("gender", 32),
                birth == null ? null : Birth.of(birth, today, gazetteer));
    }

    /** Nothing: this is personal data, and not even of our user. */
    @Override
    public String toString() {
        return "SecondProfile[]";
    }
}
