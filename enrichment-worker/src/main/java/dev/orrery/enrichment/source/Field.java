package dev.orrery.enrichment.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A place in a foreign document, with the path to it. What is not there, or is no such value, fails
 * with that path and what was expected; the value itself is never repeated.
 */
public record Field(JsonNode node, String path, String complaint) {

    private static final int MOST_PLACES = 100;

    /**
     * @param complaint with which every failure begins: whose answer is not valid
     */
    public static Field root(JsonNode document, String complaint) {
        return new Field(document, "", complaint);
    }

    public Field at(String name) {
        return new Field(node.path(name), path.isEmpty() ? name : path + "." + name, complaint);
    }

    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The elements of an array. */
    public List<Field> elements() {
        if (!node.isArray()) {
            throw invalid("an array");
        }
        var elements = new ArrayList<Field>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Field(node.path(i), path + "[" + i + "]", complaint));
        }
        return elements;
    }

    public Field object() {
        if (!node.isObject()) {
            throw invalid("an object");
        }
        return this;
    }

    /** A text that is not blank. */
    public String text() {
        if (!node.isString() || node.stringValue().isBlank()) {
            throw invalid("a text");
        }
        return node.stringValue();
    }

    /** A number, or a text that is one. */
    public double number() {
        return asNumber().orElseThrow(() -> invalid("a number"));
    }

    private Optional<Double> asNumber() {
        try {
            double number =
                    node.isString()
                            ? Double.parseDouble(node.stringValue())
                            : node.isNumber() ? node.doubleValue() : Double.NaN;
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException | JacksonException noDouble) {
            return Optional.empty();
        }
    }

    /**
     * A number within bounds, with the digits it was written with; no text. One that is written
     * with hundreds of places is none: {@code 1e-600000000} takes a line to write, and minutes to
     * round.
     */
    public BigDecimal decimal(BigDecimal least, BigDecimal greatest) {
        if (!node.isNumber()
                || asNumber().isEmpty()
                || Math.abs((long) node.decimalValue().scale()) > MOST_PLACES
                || node.decimalValue().compareTo(least) < 0
                || node.decimalValue().compareTo(greatest) > 0) {
            throw invalid("a number from " + least + " to " + greatest);
        }
        return node.decimalValue();
    }

    /** A whole number within bounds, or a text that is one. */
    public int wholeNumber(int least, int greatest) {
        double number = number();
        if (number != Math.rint(number) || number < least || number > greatest) {
            throw invalid("a whole number from " + least + " to " + greatest);
        }
        return (int) number;
    }

    /** A boolean, or the text of one. */
    public boolean flag() {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("true or false");
        };
    }

    public SourceFailure.InvalidAnswer invalid(String expected) {
        return new SourceFailure.InvalidAnswer(
                complaint + ": " + path + " (expected: " + expected + ")");
    }
}
