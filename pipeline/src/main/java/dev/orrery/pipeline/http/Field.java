package dev.orrery.pipeline.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One value that somebody sent. What it is not is a {@link Problem} that names its place, what
 * stands there and what was expected. Texts and numbers with a fraction are personal data as a rule
 * and are not repeated.
 *
 * @param path its name, with those of the objects around it
 * @param value null when there is none, or when it is null
 */
record Field(String path, @Nullable JsonNode value, ProblemType invalid) {

    static Field of(String path, @Nullable JsonNode node, ProblemType invalid) {
        return new Field(path, node == null || node.isNull() ? null : node, invalid);
    }

    Problem invalid(String detail) {
        return new Problem(invalid, path + ": " + detail);
    }

    /** May be blank; null when there is none. */
    @Nullable String anyText(int maxCharacters) {
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw invalid(kind(value) + " (expected: a text)");
        }
        var text = value.stringValue();
        int characters = text.codePointCount(0, text.length());
        if (characters > maxCharacters) {
            throw invalid(characters + " characters (expected: at most " + maxCharacters + ")");
        }
        requireSendable(text);
        return text;
    }

    /** Not blank; null when there is none. */
    @Nullable String optionalText(int maxCharacters) {
        var text = anyText(maxCharacters);
        if (text != null && text.isBlank()) {
            throw invalid("blank (expected: a text that says something)");
        }
        return text;
    }

    String text(int maxCharacters) {
        var text = optionalText(maxCharacters);
        if (text == null) {
            throw invalid("missing (expected: a text)");
        }
        return text;
    }

    void requireSendable(String text) {
        SentText.defect(text)
                .ifPresent(defect -> {
                    throw invalid(defect);
                });
    }

    /** A number within bounds; null when there is none. */
    @Nullable Double number(double least, double greatest) {
        if (value == null) {
            return null;
        }
        var expected = " (expected: a number from " + least + " to " + greatest + ")";
        if (!value.isNumber()) {
            throw invalid(kind(value) + expected);
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= greatest)) {
            throw invalid("out of range" + expected);
        }
        return number;
    }

    /** A whole number within bounds; null when there is none. */
    @Nullable Long wholeNumber(long least, long greatest) {
        if (value == null) {
            return null;
        }
        var expected = " (expected: a whole number from " + least + " to " + greatest + ")";
        if (!value.isIntegralNumber()) {
            throw invalid((value.isNumber() ? "not a whole number" : kind(value)) + expected);
        }
        if (!value.canConvertToLong()) {
            throw invalid("out of range" + expected);
        }
        long number = value.longValue();
        if (number < least || number > greatest) {
            throw invalid(number + expected);
        }
        return number;
    }

    boolean flag(boolean otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw invalid(kind(value) + " (expected: true or false)");
        }
        return value.booleanValue();
    }

    /** The elements of an array; empty when there is none. */
    List<Field> elements(int most) {
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw invalid(kind(value) + " (expected: an array)");
        }
        if (value.size() > most) {
            throw invalid(value.size() + " elements (expected: at most " + most + ")");
        }
        var elements = new ArrayList<Field>(value.size());
        for (var element : value) {
            elements.add(of(path + "[" + elements.size() + "]", element, invalid));
        }
        return elements;
    }

    Fields object() {
        if (!(value instanceof ObjectNode object)) {
            throw invalid(kind(value) + " (expected: an object)");
        }
        return new Fields(object, path + ".", invalid);
    }

    /** Whatever it is, as long as it can be stored and its JSON text is not longer than this. */
    @Nullable JsonNode json(int maxBytes) {
        if (value != null) {
            SentText.of(value).forEach(this::requireSendable);
            int bytes = value.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                throw invalid(bytes + " bytes (expected: at most " + maxBytes + ")");
            }
        }
        return value;
    }

    private static String kind(@Nullable JsonNode node) {
        if (node == null) {
            return "nothing";
        }
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
