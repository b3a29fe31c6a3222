package dev.orrery.pipeline.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that somebody sent. Every question about it that has no good answer is a {@link
 * Problem} that names the field, what stands there and what was expected. Texts and numbers with a
 * fraction are personal data as a rule and are not repeated; an absent field and null are the same,
 * unless it says otherwise. Characters are counted in code points.
 */
public final class Fields {

    private final ObjectNode object;
    private final String path;
    private final ProblemType invalid;

    /**
     * @param path what the names of fields begin with in a problem: empty, or ending in a dot
     */
    Fields(ObjectNode object, String path, ProblemType invalid) {
        this.object = object;
        this.path = path;
        this.invalid = invalid;
    }

    /** Refuses every field that is not named here; all of them, where none is. */
    public Fields allowing(String... names) {
        var known = Set.of(names);
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                var expected = names.length == 0 ? "none" : String.join(", ", names);
                throw invalid(shown(name), "unknown field (expected: " + expected + ")");
            }
        }
        return this;
    }

    /** A text of 1 to {@code maxCharacters} that is not blank. */
    public String text(String name, int maxCharacters) {
        return field(name).text(maxCharacters);
    }

    /** As {@link #text}; null when the field is null, and a {@link Problem} when it is absent. */
    public @Nullable String textOrNull(String name, int maxCharacters) {
        if (!object.has(name)) {
            throw invalid(name, "missing (expected: a text, or null)");
        }
        return optionalText(name, maxCharacters);
    }

    /** As {@link #text}; null when there is none. */
    public @Nullable String optionalText(String name, int maxCharacters) {
        return field(name).optionalText(maxCharacters);
    }

    /** May be blank; null when there is none. */
    public @Nullable String anyText(String name, int maxCharacters) {
        return field(name).anyText(maxCharacters);
    }

    /** May be blank; null when there is none. Bounded as the body is: in bytes of UTF-8. */
    public @Nullable String anyTextOfBytes(String name, int maxBytes) {
        var text = anyText(name, maxBytes);
        int bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw invalid(name, bytes + " bytes of UTF-8 (expected: at most " + maxBytes + ")");
        }
        return text;
    }

    /** One of these texts; null when there is none. */
    public @Nullable String optionalChoice(String name, String... choices) {
        var text = optionalText(name, Integer.MAX_VALUE);
        if (text != null && !Set.of(choices).contains(text)) {
            throw invalid(
                    name, "no such choice (expected: one of " + String.join(", ", choices) + ")");
        }
        return text;
    }

    /** The texts of an array, each once and as {@link #text} has it; empty when there is none. */
    public List<String> texts(String name, int most, int maxCharacters) {
        var texts = new ArrayList<String>();
        for (var element : field(name).elements(most)) {
            var text = element.text(maxCharacters);
            if (texts.contains(text)) {
                throw element.invalid("there already (expected: each once)");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** A number within bounds. */
    public double number(String name, double least, double greatest) {
        var number = optionalNumber(name, least, greatest);
        if (number == null) {
            throw invalid(
                    name, "missing (expected: a number from " + least + " to " + greatest + ")");
        }
        return number;
    }

    /** A number within bounds; null when there is none. */
    public @Nullable Double optionalNumber(String name, double least, double greatest) {
        return field(name).number(least, greatest);
    }

    /** A whole number within bounds. */
    public long wholeNumber(String name, long least, long greatest) {
        var number = optionalWholeNumber(name, least, greatest);
        if (number == null) {
            throw invalid(
                    name,
                    "missing (expected: a whole number from " + least + " to " + greatest + ")");
        }
        return number;
    }

    /** A whole number within bounds, or another one when there is none. */
    public long wholeNumber(String name, long least, long greatest, long otherwise) {
        var number = optionalWholeNumber(name, least, greatest);
        return number == null ? otherwise : number;
    }

    /** A whole number within bounds; null when there is none. */
    public @Nullable Long optionalWholeNumber(String name, long least, long greatest) {
        return field(name).wholeNumber(least, greatest);
    }

    public boolean flag(String name, boolean otherwise) {
        return field(name).flag(otherwise);
    }

    /**
     * Whether the field was sent, be it as null: a change that leaves it out keeps what is there.
     */
    public boolean mentions(String name) {
        return object.has(name);
    }

    /** The names of all fields that were sent. */
    public List<String> names() {
        return List.copyOf(object.propertyNames());
    }

    /** Whether the field is a text, where it may be something else as well. */
    public boolean isText(String name) {
        return object.path(name).isString();
    }

    /** Whether the field is an object, where it may be something else as well. */
    public boolean isObject(String name) {
        return object.path(name).isObject();
    }

    /** Whether the field is there with a value other than null. */
    public boolean has(String name) {
        return field(name).value() != null;
    }

    /** An object within this one; an empty one when there is none. */
    public Fields object(String name) {
        var given = optionalObject(name);
        return given == null ? new Fields(object.objectNode(), path + name + ".", invalid) : given;
    }

    /** An object within this one; null when there is none. */
    public @Nullable Fields optionalObject(String name) {
        var field = field(name);
        return field.value() == null ? null : field.object();
    }

    /** What the objects of an array say; empty when there is none. */
    public <T> List<T> objects(String name, int most, Function<Fields, T> reader) {
        return field(name).elements(most).stream().map(Field::object).map(reader).toList();
    }

    /**
     * Whatever was sent, as long as it can be stored and its JSON text is not longer than this;
     * null when there is none.
     */
    public @Nullable JsonNode optionalJson(String name, int maxBytes) {
        return field(name).json(maxBytes);
    }

    /**
     * What was there, with every field that is mentioned here replaced, and without those that are
     * null here. Every value has to have been asked for before: what nobody looked at may be
     * anything.
     */
    public ObjectNode mergedInto(ObjectNode was) {
        var merged = was.deepCopy();
        for (var name : object.propertyNames()) {
            if (has(name)) {
                merged.set(name, object.get(name).deepCopy());
            } else {
                merged.remove(name);
            }
        }
        return merged;
    }

    /** Something that is taken as it is, within bounds. */
    public void requireSmall(String name, int maxCharacters) {
        var value = field(name).value();
        if (value != null && value.toString().length() > maxCharacters) {
            throw invalid(name, "larger than " + maxCharacters + " (expected: at most that)");
        }
    }

    /** Whether there is no field in it. */
    public boolean isEmpty() {
        return object.isEmpty();
    }

    /** An object within this one as JSON text. */
    public String objectText(String name) {
        var text = object.path(name).toString();
        field(name).requireSendable(text);
        return text;
    }

    /** The problem that this field is not what it should be. */
    public Problem invalid(String name, String detail) {
        return new Problem(invalid, path(name) + ": " + detail);
    }

    /** A field's name with those of the objects around it, as problems say it. */
    public String path(String name) {
        return path + name;
    }

    private Field field(String name) {
        return Field.of(path(name), object.get(name), invalid);
    }

    /** What a caller made up is repeated within bounds, and so that it can be written. */
    public static String shown(String made) {
        return SentText.shown(made);
    }
}
