package dev.orrery.pipeline.safety;

import java.util.regex.Pattern;

/** Names of what texts are refused for: {@code violence}, {@code self_harm}. */
public final class Category {

    /** A message of it is a cry for help: it is answered by help, and not refused. */
    public static final String SELF_HARM = "self_harm";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private Category() {}

    /** Whether this can be the name of one: a letter, then letters, digits and underscores. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
