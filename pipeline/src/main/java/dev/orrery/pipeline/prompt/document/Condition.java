package dev.orrery.pipeline.prompt.document;

import dev.orrery.pipeline.prompt.variables.Scene;
import java.util.List;

/**
 * When a part of a document is shown: every list that is not empty has to hold.
 *
 * @param apps the app is one of these
 * @param languages codes; the user's language is one of these
 * @param present all of these have something to say
 * @param absent none of these has
 */
record Condition(
        List<String> apps, List<String> languages, List<String> present, List<String> absent) {

    /** Stands for what the user wants to be remembered. */
    static final String MEMORIES = "memories";

    /** Before the kind of external data. */
    static final String FACT = "fact.";

    boolean holdsIn(Scene scene) {
        return (apps.isEmpty() || apps.contains(scene.app()))
                && (languages.isEmpty()
                        || languages.contains(Language.code(scene.profile().text("language"))))
                && present.stream().allMatch(name -> isThere(name, scene))
                && absent.stream().noneMatch(name -> isThere(name, scene));
    }

    /** The chart's variable is never empty, because it says so when there is no chart. */
    private static boolean isThere(String name, Scene scene) {
        if (name.equals(MEMORIES)) {
            return !scene.shownMemories().isEmpty();
        }
        if (name.equals("user_astro_data")) {
            return scene.fact("birth_chart") != null;
        }
        if (name.startsWith(FACT)) {
            return scene.fact(name.substring(FACT.length())) != null;
        }
        var value = scene.of(name);
        return value != null && !value.isBlank();
    }
}
