package dev.orrery.enrichment.birthchart;

import dev.orrery.enrichment.source.SourceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A place in a foreign document, with the path to it. What is not there, or is no such value, fails
 * with that path and what was expected; the value itself is never repeated.
 */
record Field(JsonNode node, String path) {

    static Field root(JsonNode document) {
        return new Field(document, "");
    }

    Field at(String name) {
        return new Field(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The elements of an array. */
    List<Field> elements() {
        if (!node.isArray()) {
            throw invalid("an array");
        }
        var elements = new ArrayList<Field>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Field(node.path(i), path + "[" + i + "]"));
        }
        return elements;
    }

    Field object() {
        if (!node.isObject()) {
            throw invalid("an object");
        }
        return this;
    }

    /** A text that is not blank. */
    String text() {
        if (!node.isString() || node.stringValue().isBlank()) {
            throw invalid("a text");
        }
        return node.stringValue();
    }

    /** A number, or a text that is one. */
    double number() {
        return asNumber().orElseThrow(() -> invalid("a number"));
    }

    private Optional<Double> asNumber() {
        try {
            double number =
                    node.isString()
                            ? Double.parseDouble(node.stringValue())
                            : node.isNumber() ? node.doubleValue() : Double.NaN;
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    /** A whole number within bounds, or a text that is one. */
    int wholeNumber(int least, int greatest) {
        double number = number();
        if (number != Math.rint(number) || number < least || number > greatest) {
            throw invalid("a whole number from " + least + " to " + greatest);
        }
        return (int) number;
    }

    /** A boolean, or the text of one. */
    boolean flag() {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("true or false");
        };
    }

    SourceFailure.InvalidAnswer invalid(String expected) {
        return new SourceFailure.InvalidAnswer(
                "Invalid astrology API response: " + path + " (expected: " + expected + ")");
    }
}
