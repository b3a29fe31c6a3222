package dev.orrery.prompt.revisions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object of a revision's metadata, read strictly: what is there and is not what it should be
 * ends in a {@link MalformedRevision} that says where.
 *
 * @param object null or missing when there is none
 * @param path of the object, for example {@code metadata.timeouts}
 */
record Metadata(JsonNode object, String path) {

    boolean isEmpty() {
        return object.isEmpty();
    }

    /** The object of this name; one without members when there is none. */
    Metadata object(String name) {
        var value = object.path(name);
        if (isThere(value) && !value.isObject()) {
            throw malformed(name, value.getNodeType(), "an object");
        }
        return new Metadata(value, path + "." + name);
    }

    /** The elements of the list of this name, null when there is none. */
    @Nullable List<Metadata> list(String name, int most) {
        var value = object.path(name);
        if (!isThere(value)) {
            return null;
        }
        if (!value.isArray()) {
            throw malformed(name, value.getNodeType(), "an array");
        }
        if (value.size() > most) {
            throw malformed(name, value.size(), "at most " + most);
        }
        var elements = new ArrayList<Metadata>(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.add(new Metadata(value.get(i), path + "." + name + "[" + i + "]"));
        }
        return elements;
    }

    /** The texts of the list of this name; none when there is no list. */
    List<String> texts(String name, int most) {
        var value = object.path(name);
        if (!isThere(value)) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            throw malformed(
                    name,
                    value.isArray() ? value.size() : value.getNodeType(),
                    "an array of at most " + most + " texts");
        }
        var texts = new ArrayList<String>(value.size());
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isString() || value.get(i).stringValue().isEmpty()) {
                throw malformed(name + "[" + i + "]", value.get(i).getNodeType(), "a text");
            }
            texts.add(value.get(i).stringValue());
        }
        return texts;
    }

    String text(String name) {
        var text = optionalText(name);
        if (text == null || text.isEmpty()) {
            throw malformed(name, "nothing", "a text");
        }
        return text;
    }

    @Nullable String optionalText(String name) {
        var value = object.path(name);
        if (!isThere(value)) {
            return null;
        }
        if (!value.isString()) {
            throw malformed(name, value.getNodeType(), "a text");
        }
        return value.stringValue();
    }

    /** One of two words; the first one when nothing is said. */
    String word(String name, String otherwise, String other) {
        var said = optionalText(name);
        if (said == null) {
            return otherwise;
        }
        if (!said.equals(otherwise) && !said.equals(other)) {
            throw malformed(name, said, otherwise + " or " + other);
        }
        return said;
    }

    /** False when nothing is said. */
    boolean flag(String name) {
        var value = object.path(name);
        if (isThere(value) && !value.isBoolean()) {
            throw malformed(name, value.getNodeType(), "true or false");
        }
        return isThere(value) && value.booleanValue();
    }

    long number(String name, long otherwise, long least, long greatest) {
        var value = object.path(name);
        if (!isThere(value)) {
            return otherwise;
        }
        boolean usable = value.isIntegralNumber() && value.canConvertToLong();
        if (!usable || value.longValue() < least || value.longValue() > greatest) {
            throw malformed(name, value, "a whole number from " + least + " to " + greatest);
        }
        return value.longValue();
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private MalformedRevision malformed(String name, Object found, String expected) {
        return new MalformedRevision(path + "." + name, found, expected);
    }
}
