package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.Fields;

/**
 * The variables that an operator adds for templates, {@code {"custom": {"shop": "Moon & Co"}}} in
 * the metadata of a bot or a revision; a template calls this one {@code custom.shop}.
 */
public final class CustomVariables {

    private static final int MOST = 100;
    private static final int LONGEST = 4_000;

    private CustomVariables() {}

    /** Names of {@code [a-z][a-z0-9_]*}, 64 at most, and texts; nothing when nothing is said. */
    public static void require(Fields metadata) {
        var custom = metadata.optionalObject("custom");
        if (custom == null) {
            return;
        }
        if (custom.names().size() > MOST) {
            throw metadata.invalid("custom", "too many (expected: at most " + MOST + ")");
        }
        for (var name : custom.names()) {
            if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
                throw metadata.invalid(
                        "custom", "a name (expected: a-z, 0-9 and _, at most 64, a letter first)");
            }
            custom.text(name, LONGEST);
        }
    }
}
