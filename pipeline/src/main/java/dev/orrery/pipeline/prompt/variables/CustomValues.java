package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.prompt.template.ValueText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that an operator adds for the templates of a bot: the member {@code custom} of a bot's or
 * a revision's metadata, {@code {"mood": "calm"}}. A template calls them {@code custom.mood}, so
 * they shadow nothing; a name that a built-in variable has is not taken all the same, because it
 * would be mistaken for it.
 */
public record CustomValues(Map<String, String> texts) {

    /** What a template writes before the name. */
    public static final String PREFIX = "custom.";

    public static final CustomValues NONE = new CustomValues(Map.of());

    /** Of one bot or revision. */
    public static final int MOST = 100;

    /** In code points; longer ones are cut. */
    public static final int LONGEST = 4_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public CustomValues {
        texts = Map.copyOf(texts);
    }

    /** What is no usable name is left out. */
    public static CustomValues of(@Nullable JsonNode custom) {
        if (!(custom instanceof ObjectNode object)) {
            return NONE;
        }
        var texts = new LinkedHashMap<String, String>();
        for (var each : object.properties()) {
            if (isUsable(each.getKey()) && texts.size() < MOST) {
                texts.put(each.getKey(), CleanText.of(ValueText.of(each.getValue()), LONGEST));
            }
        }
        return new CustomValues(texts);
    }

    /** Whether a value may have this name, without the prefix. */
    public static boolean isUsable(String name) {
        return NAME.matcher(name).matches() && Variable.named(name).isEmpty();
    }

    /** These, and those of the other that have a name of their own. */
    public CustomValues over(CustomValues other) {
        if (other.texts.isEmpty()) {
            return this;
        }
        var both = new LinkedHashMap<>(other.texts);
        both.putAll(texts);
        return new CustomValues(both);
    }

    /** The value a template calls by this name, prefix included; null when there is none. */
    public @Nullable String called(String name) {
        return name.startsWith(PREFIX) ? texts.get(name.substring(PREFIX.length())) : null;
    }

    /** Without the prefix. */
    public Set<String> names() {
        return texts.keySet();
    }
}
