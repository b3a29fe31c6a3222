package dev.orrery.llm.gateway.request;

import dev.orrery.llm.gateway.problems.Problem;
import dev.orrery.pipeline.turn.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that a service sent. Every question about it that has no good answer is a {@link
 * Problem} that names the field, what stands there and what was expected. Texts are the user's and
 * are not repeated; an absent field and null are the same.
 */
final class Fields {

    private static final int MOST_SHOWN = 64;

    private final ObjectNode object;
    private final String path;

    /**
     * @param path what the names of fields begin with in a problem: empty, or ending in a dot
     */
    Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Refuses every field that is not named here. */
    Fields allowing(String... names) {
        var known = Set.of(names);
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw invalid(
                        shown(name), "unknown field (expected: " + String.join(", ", names) + ")");
            }
        }
        return this;
    }

    /** A text of 1 to {@code maxCharacters} UTF-16 units that is not blank. */
    String text(String name, int maxCharacters) {
        var text = optionalText(name, maxCharacters);
        if (text == null) {
            throw invalid(name, "missing (expected: a text)");
        }
        if (text.isBlank()) {
            throw invalid(name, "blank (expected: a text that says something)");
        }
        return text;
    }

    /** May be blank; null when there is none. */
    @Nullable String optionalText(String name, int maxCharacters) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw invalid(name, kind(node) + " (expected: a text)");
        }
        var text = node.stringValue();
        if (text.length() > maxCharacters) {
            throw invalid(
                    name, text.length() + " characters (expected: at most " + maxCharacters + ")");
        }
        requireSendable(name, text);
        return text;
    }

    /** A number within bounds; null when there is none. */
    @Nullable Double optionalNumber(String name, double least, double greatest) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        var expectation = " (expected: a number from " + least + " to " + greatest + ")";
        if (!node.isNumber()) {
            throw invalid(name, kind(node) + expectation);
        }
        double number = node.doubleValue();
        if (!(number >= least && number <= greatest)) {
            throw invalid(name, number + expectation);
        }
        return number;
    }

    /** A whole number within bounds; null when there is none. */
    @Nullable Long optionalWholeNumber(String name, long least, long greatest) {
        var node = present(name);
        if (node == null) {
            return null;
        }
        var expectation = " (expected: a whole number from " + least + " to " + greatest + ")";
        if (!node.isIntegralNumber()) {
            throw invalid(
                    name, (node.isNumber() ? "not a whole number" : kind(node)) + expectation);
        }
        if (!node.canConvertToLong()) {
            throw invalid(name, "out of range" + expectation);
        }
        long number = node.longValue();
        if (number < least || number > greatest) {
            throw invalid(name, number + expectation);
        }
        return number;
    }

    long wholeNumber(String name, long least, long greatest, long otherwise) {
        var number = optionalWholeNumber(name, least, greatest);
        return number == null ? otherwise : number;
    }

    boolean flag(String name, boolean otherwise) {
        var node = present(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw invalid(name, kind(node) + " (expected: true or false)");
        }
        return node.booleanValue();
    }

    /** Whether the field is there with a value other than null. */
    boolean has(String name) {
        return present(name) != null;
    }

    /** Whether the field is an object. */
    boolean isObject(String name) {
        return object.path(name).isObject();
    }

    /** The texts of an array, each of 1 to {@code maxCharacters}; empty when there is none. */
    List<String> texts(String name, int most, int maxCharacters) {
        var node = present(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw invalid(
                    name,
                    (node.isArray() ? node.size() + " elements" : kind(node))
                            + " (expected: an array of at most "
                            + most
                            + " texts)");
        }
        var texts = new ArrayList<String>(node.size());
        for (int i = 0; i < node.size(); i++) {
            var element = name + "[" + i + "]";
            texts.add(
                    new Fields(object.objectNode().set(element, node.get(i)), path)
                            .text(element, maxCharacters));
        }
        return List.copyOf(texts);
    }

    /** An object within this one; an empty one when there is none. */
    Fields object(String name) {
        var node = present(name);
        if (node == null) {
            return new Fields(object.objectNode(), path + name + ".");
        }
        return fields(node, path + name);
    }

    /** What the objects of an array say; empty when there is none. */
    <T> List<T> objects(String name, int most, Function<Fields, T> reader) {
        var node = present(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid(name, kind(node) + " (expected: an array)");
        }
        if (node.size() > most) {
            throw invalid(name, node.size() + " elements (expected: at most " + most + ")");
        }
        var read = new ArrayList<T>(node.size());
        for (int i = 0; i < node.size(); i++) {
            read.add(reader.apply(fields(node.get(i), path + name + "[" + i + "]")));
        }
        return List.copyOf(read);
    }

    private static Fields fields(JsonNode node, String where) {
        if (!(node instanceof ObjectNode child)) {
            throw Problem.invalid(where, kind(node) + " (expected: an object)");
        }
        return new Fields(child, where + ".");
    }

    /** Something that is taken as it is, within bounds. */
    void requireSmall(String name, int maxCharacters) {
        var node = present(name);
        if (node != null && node.toString().length() > maxCharacters) {
            throw invalid(name, "larger than " + maxCharacters + " (expected: at most that)");
        }
    }

    /** Whether there is no field in it. */
    boolean isEmpty() {
        return object.isEmpty();
    }

    /** An object within this one as JSON text. */
    String objectText(String name) {
        var text = object.path(name).toString();
        requireSendable(name, text);
        return text;
    }

    /** The problem that this field is not what it should be. */
    Problem invalid(String name, String detail) {
        return Problem.invalid(path + name, detail);
    }

    private @Nullable JsonNode present(String name) {
        var node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** NUL is in nobody's text, and UTF-8 has no room for half a surrogate pair. */
    private void requireSendable(String name, String text) {
        if (text.indexOf('\0') >= 0) {
            throw invalid(name, "contains NUL (expected: text without it)");
        }
        if (!StorableText.of(text).equals(text)) {
            throw invalid(name, "contains half a surrogate pair (expected: well-formed Unicode)");
        }
    }

    /** What a caller made up is repeated within bounds, and so that it can be written. */
    static String shown(String made) {
        var text = made.length() > MOST_SHOWN ? made.substring(0, MOST_SHOWN) + "…" : made;
        return StorableText.of(text).replaceAll("\\p{C}", "\uFFFD");
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
