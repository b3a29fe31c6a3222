package dev.orrery.ingest.documents;

import dev.orrery.ingest.problems.Problem;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.turn.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that a client sent. Every question about it that has no good answer is a {@link
 * Problem} naming the field, its value's kind and what was expected; the value itself is personal
 * data as a rule and is not repeated.
 */
public final class Document {

    private final ObjectNode object;
    private final String path;

    Document(ObjectNode object) {
        this(object, "");
    }

    private Document(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Refuses every field that is not named here. */
    public Document allowing(String... names) {
        var known = Set.of(names);
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw invalid(
                        shown(name), "unknown field (expected: " + String.join(", ", names) + ")");
            }
        }
        return this;
    }

    /** A text of 1 to {@code maxCodePoints} code points that is not blank. */
    public String text(String name, int maxCodePoints) {
        var text = optionalText(name, maxCodePoints);
        if (text == null) {
            throw invalid(name, "missing (expected: a text)");
        }
        return text;
    }

    /** As {@link #text}; null when the field is null, and a {@link Problem} when it is absent. */
    public @Nullable String textOrNull(String name, int maxCodePoints) {
        if (!object.has(name)) {
            throw invalid(name, "missing (expected: a text, or null)");
        }
        return optionalText(name, maxCodePoints);
    }

    /** As {@link #text}; null when the field is absent or null. */
    public @Nullable String optionalText(String name, int maxCodePoints) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw invalid(name, kind(node) + " (expected: a text)");
        }
        var text = node.stringValue();
        if (text.isBlank()) {
            throw invalid(name, "blank (expected: a text that says something)");
        }
        if (text.codePointCount(0, text.length()) > maxCodePoints) {
            throw invalid(
                    name, "longer than " + maxCodePoints + " characters (expected: at most that)");
        }
        requireStorable(name, text);
        return text;
    }

    /** Whether the field is there with a value other than null. */
    public boolean has(String name) {
        return present(name) != null;
    }

    /** Whether the field was sent, be it as null: a change that leaves it out keeps what is there. */
    public boolean mentions(String name) {
        return object.has(name);
    }

    /** The names of all fields that were sent. */
    public List<String> names() {
        return List.copyOf(object.propertyNames());
    }

    /** One of these texts; null when the field is absent or null. */
    public @Nullable String optionalChoice(String name, String... choices) {
        var text = optionalText(name, Integer.MAX_VALUE);
        if (text != null && !Set.of(choices).contains(text)) {
            throw invalid(
                    name, "no such choice (expected: one of " + String.join(", ", choices) + ")");
        }
        return text;
    }

    /** True or false; null when the field is absent or null. */
    public @Nullable Boolean optionalFlag(String name) {
        var node = present(name);
        if (node != null && !node.isBoolean()) {
            throw invalid(name, kind(node) + " (expected: true or false)");
        }
        return node == null ? null : node.booleanValue();
    }

    /** The text of an id, see {@link PathId}; null when the field is something else than a text. */
    public @Nullable String idOrNull(String name) {
        var node = present(name);
        return node != null && node.isString() ? node.stringValue() : null;
    }

    /** A number within bounds. */
    public double number(String name, double least, double greatest) {
        var node = present(name);
        if (node == null) {
            throw invalid(
                    name, "missing (expected: a number from " + least + " to " + greatest + ")");
        }
        if (!node.isNumber()) {
            throw invalid(
                    name,
                    kind(node) + " (expected: a number from " + least + " to " + greatest + ")");
        }
        double number = node.doubleValue();
        if (!(number >= least && number <= greatest)) {
            throw invalid(name, "out of range (expected: " + least + " to " + greatest + ")");
        }
        return number;
    }

    /** A whole number within bounds. */
    public long wholeNumber(String name, long least, long greatest) {
        var expectation = " (expected: a whole number from " + least + " to " + greatest + ")";
        var node = present(name);
        if (node == null) {
            throw invalid(name, "missing" + expectation);
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw invalid(
                    name,
                    (node.isNumber() ? "not a whole number, or too large" : kind(node))
                            + expectation);
        }
        long number = node.longValue();
        if (number < least || number > greatest) {
            throw invalid(name, number + expectation);
        }
        return number;
    }

    /** An object within this one; null when the field is absent or null. */
    public @Nullable Document optionalObject(String name) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode child)) {
            throw invalid(name, kind(node) + " (expected: an object)");
        }
        return new Document(child, path + name + ".");
    }

    /** The objects of a list of at most {@code most}; null when the field is absent or null. */
    public @Nullable List<Document> optionalObjects(String name, int most) {
        var list = list(name, most, "objects");
        if (list == null) {
            return null;
        }
        var objects = new ArrayList<Document>(list.size());
        for (int i = 0; i < list.size(); i++) {
            var place = name + "[" + i + "]";
            if (!(list.get(i) instanceof ObjectNode child)) {
                throw invalid(place, kind(list.get(i)) + " (expected: an object)");
            }
            objects.add(new Document(child, path + place + "."));
        }
        return objects;
    }

    /**
     * The texts of a list of at most {@code most}, each once and as {@link #text} has it; null when
     * the field is absent or null.
     */
    public @Nullable List<String> optionalTexts(String name, int most, int maxCodePoints) {
        var list = list(name, most, "texts");
        if (list == null) {
            return null;
        }
        var items = object.objectNode();
        var texts = new ArrayList<String>(list.size());
        for (int i = 0; i < list.size(); i++) {
            var place = name + "[" + i + "]";
            items.set(place, list.get(i));
            var text = new Document(items, path).text(place, maxCodePoints);
            if (texts.contains(text)) {
                throw invalid(place, "there already (expected: each once)");
            }
            texts.add(text);
        }
        return texts;
    }

    private @Nullable ArrayNode list(String name, int most, String items) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ArrayNode list)) {
            throw invalid(name, kind(node) + " (expected: a list of " + items + ")");
        }
        if (list.size() > most) {
            throw invalid(name, list.size() + " " + items + " (expected: at most " + most + ")");
        }
        return list;
    }

    /**
     * Whatever was sent, as long as it can be stored and its JSON text is not longer than this; null
     * when the field is absent or null.
     */
    public @Nullable JsonNode optionalJson(String name, int maxBytes) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        requireStorable(name, node);
        int bytes = node.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw invalid(name, bytes + " bytes (expected: at most " + maxBytes + ")");
        }
        return node;
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

    /** The problem that this field is not what it should be. */
    public Problem invalid(String name, String detail) {
        return new Problem(ProblemCode.INVALID_REQUEST, path + name + ": " + detail);
    }

    private @Nullable JsonNode present(String name) {
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private void requireStorable(String name, JsonNode node) {
        if (node.isString()) {
            requireStorable(name, node.stringValue());
        }
        for (var key : node.propertyNames()) {
            requireStorable(name, key);
        }
        for (var child : node) {
            requireStorable(name, child);
        }
    }

    /** PostgreSQL has no room for NUL, and UTF-8 none for half a surrogate pair. */
    private void requireStorable(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw invalid(name, "contains NUL (expected: text without it)");
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw invalid(
                        name, "contains half a surrogate pair (expected: well-formed Unicode)");
            }
        }
    }

    /** What a client made up is repeated within bounds, and so that it can be written. */
    private static String shown(String name) {
        return StorableText.of(name.length() > 64 ? name.substring(0, 64) + "…" : name);
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING, BINARY, POJO -> "nothing";
        };
    }
}
