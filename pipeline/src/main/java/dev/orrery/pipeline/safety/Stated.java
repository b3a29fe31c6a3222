package dev.orrery.pipeline.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object as somebody wrote it, read strictly. An absent field and null are the same. Characters
 * are counted in code points.
 *
 * @param object missing or null where there is none
 * @param path of it, for example {@code safety.input}
 */
record Stated(JsonNode object, String path) {

    boolean isAbsent() {
        return isAbsent(object);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    Stated allowing(String... names) {
        var known = Set.of(names);
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw malformed("unknown field (expected: " + String.join(", ", names) + ")");
            }
        }
        return this;
    }

    Stated object(String name) {
        var value = object.path(name);
        if (!isAbsent(value) && !value.isObject()) {
            throw malformed(name, "no object (expected: an object)");
        }
        return new Stated(value, path + "." + name);
    }

    /** The names of its fields, in their order. */
    List<String> names(int most) {
        if (object.size() > most) {
            throw malformed(object.size() + " fields (expected: at most " + most + ")");
        }
        return List.copyOf(object.propertyNames());
    }

    boolean flag(String name) {
        var value = object.path(name);
        if (!isAbsent(value) && !value.isBoolean()) {
            throw malformed(name, "neither (expected: true or false)");
        }
        return value.isBoolean() && value.booleanValue();
    }

    /** Null where there is none. */
    @Nullable String text(String name, int mostCharacters) {
        var value = object.path(name);
        return isAbsent(value) ? null : text(value, name, mostCharacters);
    }

    /** Empty where there are none. */
    List<String> texts(String name, int most, int mostCharacters) {
        var value = object.path(name);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            throw malformed(
                    name,
                    (value.isArray() ? value.size() + " texts" : "no list")
                            + " (expected: a list of at most "
                            + most
                            + " texts)");
        }
        var texts = new ArrayList<String>(value.size());
        for (var each : value) {
            texts.add(text(each, name + "[" + texts.size() + "]", mostCharacters));
        }
        return texts;
    }

    private String text(JsonNode value, String name, int mostCharacters) {
        if (!value.isString() || value.stringValue().isBlank()) {
            throw malformed(name, "no text (expected: a text that says something)");
        }
        var text = value.stringValue();
        int characters = text.codePointCount(0, text.length());
        if (characters > mostCharacters) {
            throw malformed(
                    name, characters + " characters (expected: at most " + mostCharacters + ")");
        }
        if (text.indexOf('\0') >= 0) {
            throw malformed(name, "holds a NUL (expected: a text that can be stored)");
        }
        return text;
    }

    MalformedSafety malformed(String fault) {
        return new MalformedSafety(path, fault);
    }

    MalformedSafety malformed(String name, String fault) {
        return new MalformedSafety(path + "." + name, fault);
    }
}
