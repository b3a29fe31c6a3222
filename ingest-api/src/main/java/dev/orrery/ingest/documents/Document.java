package dev.orrery.ingest.documents;

import dev.orrery.ingest.problems.Problem;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.turn.StorableText;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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

    /** The problem that this field is not what it should be. */
    public Problem invalid(String name, String detail) {
        return new Problem(ProblemCode.INVALID_REQUEST, path(name) + ": " + detail);
    }

    /** A field's name with those of the objects around it, as problems say it. */
    public String path(String name) {
        return path + name;
    }

    private @Nullable JsonNode present(String name) {
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
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
