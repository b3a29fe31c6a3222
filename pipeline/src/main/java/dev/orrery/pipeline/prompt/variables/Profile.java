package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.prompt.template.ValueText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a user said about themselves, in the version that was in force when the turn was accepted.
 *
 * @param document as the door stored it; read only
 */
public record Profile(JsonNode document) {

    /** Of a user who has said nothing. */
    public static final Profile EMPTY = new Profile(JsonNodeFactory.instance.objectNode());

    /** The field's text, see {@link ValueText}; empty when it is not there. */
    public String text(String field) {
        return ValueText.of(document.get(field));
    }

    /**
     * Where the user's day begins and ends: as they say, else where the place they named lies;
     * empty when neither tells.
     */
    public Optional<ZoneId> zone() {
        return Zones.named(text("time_zone"))
                .or(() -> Zones.named(ValueText.of(document.at("/place/resolved/zone"))));
    }

    /** Whole years from the date of birth to this day; empty when there is no such date. */
    public String ageOn(LocalDate day) {
        try {
            var born = LocalDate.parse(ValueText.of(document.path("birth").get("date")));
            return born.isAfter(day) ? "" : Long.toString(ChronoUnit.YEARS.between(born, day));
        } catch (DateTimeException notGiven) {
            return ""; // the door stores real dates only, so there is none
        }
    }

    /** Nothing: it is personal data. */
    @Override
    public String toString() {
        return "Profile[]";
    }
}
