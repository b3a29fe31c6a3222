package dev.orrery.llm.safety;

import dev.orrery.pipeline.safety.Category;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What providers call their categories, in our names of them. */
final class ModelCategories {

    private static final String OTHER = "other";

    private static final Map<String, String> OURS =
            Map.of(
                    "selfharm", Category.SELF_HARM,
                    "hate_and_discrimination", "hate",
                    "violence_and_threats", "violence",
                    "dangerous_and_criminal_content", "illicit");

    /** Of these a text may speak: they are subjects, and no harm. */
    private static final Set<String> SUBJECTS = Set.of("health", "financial", "law", "pii");

    private ModelCategories() {}

    /** What is to be found of what a model has found; the same for the same, in order of names. */
    static Set<String> of(Set<String> theirs) {
        var ours = new TreeSet<String>();
        for (var name : theirs) {
            var family = family(name);
            if (!SUBJECTS.contains(family)) {
                ours.add(Category.isName(family) ? OURS.getOrDefault(family, family) : OTHER);
            }
        }
        return ours;
    }

    /** Some have kinds of a category: {@code self-harm/intent}. */
    private static String family(String name) {
        int slash = name.indexOf('/');
        var family = slash < 0 ? name : name.substring(0, slash);
        return family.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
