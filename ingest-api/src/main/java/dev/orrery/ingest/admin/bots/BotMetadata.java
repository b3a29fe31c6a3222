package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.Fields;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else is known of a bot, each key with a form of its own:
 *
 * <pre>{@code
 * {"required_fields": ["name", "birth"],      what a profile has to say before a message is accepted
 *  "facts": [{"kind": "birth_chart", "indispensable": false, "format": "markdown"}],
 *  "character_rating": 4.5,                   0 to 5 with one decimal, for people to see
 *  "scene_description": "…",                 text
 *  "greeting": "Namaste {{user_name}}!",      what it says first; a template of what is known then
 *  "sex": "female", "app_id": "4",            in its own words; what picks texts of a language
 *  "time_zone": "Asia/Kolkata",               where its day begins and ends
 *  "response_length": "medium",               short, medium or long
 *  "custom": {"shop": "…"}}                   variables of its own
 * }</pre>
 *
 * Where messages may be answered is said by the revision that answers them.
 */
final class BotMetadata {

    private static final String[] KEYS = {
        "required_fields",
        "facts",
        "character_rating",
        "scene_description",
        "greeting",
        "sex",
        "app_id",
        "time_zone",
        "response_length",
        "custom"
    };

    private static final Set<String> PROFILE_FIELDS =
            Set.of("name", "gender", "language", "country", "birth", "place", "second");

    private static final int MOST_FACTS = 10;

    private BotMetadata() {}

    /**
     * What was there, with every key that is mentioned replaced, and without those that are said to
     * be null.
     *
     * @param said null when nothing is said
     */
    static ObjectNode changed(ObjectNode was, @Nullable Fields said) {
        if (said == null) {
            return was;
        }
        require(said.allowing(KEYS));
        var changed = said.mergedInto(was);
        GreetingCheck.require(changed, said);
        return changed;
    }

    private static void require(Fields said) {
        requireProfileFields(said);
        requireFacts(said);
        requireRating(said);
        said.optionalText("scene_description", 4_000);
        said.optionalText("greeting", 2_000);
        said.optionalText("sex", 32);
        said.optionalText("app_id", 64);
        requireZone(said);
        said.optionalChoice("response_length", "short", "medium", "long");
        CustomVariables.require(said);
    }

    private static void requireProfileFields(Fields said) {
        if (!PROFILE_FIELDS.containsAll(said.texts("required_fields", PROFILE_FIELDS.size(), 32))) {
            throw said.invalid(
                    "required_fields",
                    "not only fields of a profile (expected: some of "
                            + String.join(", ", PROFILE_FIELDS.stream().sorted().toList())
                            + ")");
        }
    }

    private static void requireFacts(Fields said) {
        for (var fact : said.objects("facts", MOST_FACTS, fact -> fact)) {
            fact.allowing("kind", "indispensable", "format");
            if (!fact.text("kind", 64).matches("[a-z][a-z0-9_]*")) {
                throw fact.invalid("kind", "not a kind (expected: for example birth_chart)");
            }
            fact.flag("indispensable", false);
            fact.optionalChoice("format", "markdown", "json", "xml");
        }
    }

    private static void requireRating(Fields said) {
        if (said.has("character_rating")) {
            double tenths = said.number("character_rating", 0, 5) * 10;
            if (Math.abs(tenths - Math.rint(tenths)) > 1e-9) {
                throw said.invalid(
                        "character_rating", "too exact (expected: 0 to 5 with one decimal)");
            }
        }
    }

    private static void requireZone(Fields said) {
        var zone = said.optionalText("time_zone", 64);
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException unknown) {
            throw said.invalid(
                    "time_zone",
                    "no such zone (expected: IANA, for example Asia/Kolkata, or an offset)");
        }
    }
}
