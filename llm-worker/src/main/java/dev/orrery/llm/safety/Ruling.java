package dev.orrery.llm.safety;

import dev.orrery.pipeline.safety.Category;
import java.util.Collection;

/** What a text is found to be. */
sealed interface Ruling {

    /**
     * What was found, if anything was. A cry for help stands above everything else.
     *
     * @param categories in the order of their weight
     */
    static Ruling of(Collection<String> categories) {
        if (categories.isEmpty()) {
            return new Passed();
        }
        return new Found(
                categories.contains(Category.SELF_HARM)
                        ? Category.SELF_HARM
                        : categories.iterator().next());
    }

    /** Nothing was found. */
    record Passed() implements Ruling {}

    /** Something was found. */
    record Found(String category) implements Ruling {}

    /** Nothing was found, and whoever was to look further could not. */
    record Unjudged() implements Ruling {}
}
