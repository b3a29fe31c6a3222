package dev.orrery.pipeline.prompt.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a stored value is written into a prompt: texts as they are, {@code true}, numbers as plain
 * decimals, objects and arrays as compact JSON. What is null, empty, zero or false is written as
 * nothing.
 */
public final class ValueText {

    /** Written out plainly, a number such as 1e999999 would fill the memory. */
    private static final int MOST_PLAIN_DIGITS = 64;

    private ValueText() {}

    public static String of(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        return switch (value.getNodeType()) {
            case MISSING, NULL -> "";
            case STRING, BINARY, POJO -> value.asString();
            case BOOLEAN -> value.booleanValue() ? "true" : "";
            case NUMBER -> number(value.decimalValue());
            case OBJECT, ARRAY -> value.isEmpty() ? "" : value.toString();
        };
    }

    private static String number(BigDecimal number) {
        if (number.signum() == 0) {
            return "";
        }
        boolean plain = number.precision() + Math.abs((long) number.scale()) <= MOST_PLAIN_DIGITS;
        return plain ? number.toPlainString() : number.toString();
    }
}
