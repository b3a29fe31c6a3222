package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.variables.CustomValues;

/**
 * The variables that an operator adds for templates, {@code {"custom": {"shop": "Moon & Co"}}} in
 * the metadata of a bot or a revision; a template calls this one {@code custom.shop}.
 */
public final class CustomVariables {

    private CustomVariables() {}

    /** Names that no variable has, and texts; nothing when nothing is said. */
    public static void require(Fields metadata) {
        var custom = metadata.optionalObject("custom");
        if (custom == null) {
            return;
        }
        if (custom.names().size() > CustomValues.MOST) {
            throw metadata.invalid(
                    "custom", "too many (expected: at most " + CustomValues.MOST + ")");
        }
        for (var name : custom.names()) {
            if (!CustomValues.isUsable(name)) {
                throw metadata.invalid(
                        "custom",
                        "a name (expected: a-z, 0-9 and _, at most 64, a letter first, none of a variable)");
            }
            custom.text(name, CustomValues.LONGEST);
        }
    }
}
