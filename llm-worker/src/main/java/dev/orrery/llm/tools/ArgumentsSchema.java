package dev.orrery.llm.tools;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON Schema (draft 2020-12) of the arguments of a tool, as far as a revision may use it: types,
 * values, bounds, properties, items and combinations; no references. Other keywords are ignored, as
 * the standard demands of those that it does not know.
 *
 * <p>Immutable; safe to share between threads. Bounded: arguments are as large as {@link
 * Toolbox#MAX_ARGUMENTS}, and nothing here is asked of longer texts or deeper documents.
 */
public final class ArgumentsSchema {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** Of a number: what is larger takes long to reckon with, and is meant by nobody. */
    private static final int MOST_DIGITS = 400;

    /** Longer texts are matched with no pattern: how long that takes grows with the text. */
    private static final int MOST_MATCHED = 1_000;

    /**
     * What is wrong first, in words that a model can make use of.
     *
     * @param where for example {@code quotes[0]}; empty for the whole
     */
    public record Fault(String where, String what) {

        private static Fault of(String what) {
            return new Fault("", what);
        }

        private Fault in(String name) {
            return new Fault(
                    where.isEmpty() || where.startsWith("[") ? name + where : name + "." + where,
                    what);
        }

        @Override
        public String toString() {
            return (where.isEmpty() ? "arguments" : where) + ": " + what;
        }
    }

    private final JsonNode schema;
    private final Map<String, Pattern> patterns = new HashMap<>();

    private ArgumentsSchema(JsonNode schema) {
        this.schema = schema;
        compilePatterns(schema);
    }

    /**
     * @param schema JSON text
     * @throws IllegalArgumentException when it is none, or has a pattern that cannot be used
     */
    public static ArgumentsSchema of(String schema) {
        try {
            return new ArgumentsSchema(JSON.readTree(schema));
        } catch (JacksonException | PatternSyntaxException unusable) {
            throw new IllegalArgumentException(
                    "schema: unusable (expected: JSON Schema)", unusable);
        }
    }

    private void compilePatterns(JsonNode node) {
        var pattern = node.path("pattern");
        if (pattern.isString()) {
            patterns.computeIfAbsent(pattern.stringValue(), Pattern::compile);
        }
        node.forEach(this::compilePatterns);
    }

    /** Empty when the arguments are as they should be. */
    Optional<Fault> faultOf(JsonNode arguments) {
        return Optional.ofNullable(fault(arguments, schema));
    }

    private @Nullable Fault fault(JsonNode value, JsonNode schema) {
        if (schema.isBoolean()) {
            return schema.booleanValue() ? null : Fault.of("there (expected: nothing)");
        }
        if (value.isNumber() && !isTame(value.decimalValue())) {
            return Fault.of("a number out of range (expected: at most " + MOST_DIGITS + " digits)");
        }
        for (var rule : schema.properties()) {
            var fault = fault(value, rule.getKey(), rule.getValue(), schema);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static boolean isTame(BigDecimal number) {
        return Math.abs(number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }

    private @Nullable Fault fault(JsonNode value, String keyword, JsonNode rule, JsonNode schema) {
        return switch (keyword) {
            case "type" -> holds(isOfType(value, rule), value, words(rule));
            case "enum" -> holds(contains(rule, value), value, "one of " + rule);
            case "const" -> holds(isSame(rule, value), value, rule.toString());
            case "properties" -> ofProperties(value, rule);
            case "required" -> ofRequired(value, rule);
            case "additionalProperties" -> ofOthers(value, rule, schema.path("properties"));
            case "items" -> ofItems(value, rule);
            case "contains" -> ofContained(value, rule);
            case "anyOf", "oneOf", "allOf" -> ofAlternatives(value, keyword, rule);
            case "not" -> holds(fault(value, rule) != null, value, "anything but " + rule);
            default -> ofBounds(value, keyword, rule);
        };
    }

    private @Nullable Fault ofBounds(JsonNode value, String keyword, JsonNode rule) {
        if (value.isNumber() && rule.isNumber()) {
            return ofNumber(value, keyword, rule);
        }
        if (value.isString()) {
            return ofText(value, keyword, rule);
        }
        return value.isArray() ? ofList(value, keyword, rule) : null;
    }

    private static @Nullable Fault ofNumber(JsonNode value, String keyword, JsonNode rule) {
        int compared = value.decimalValue().compareTo(rule.decimalValue());
        return switch (keyword) {
            case "minimum" -> holds(compared >= 0, value, "at least " + rule);
            case "maximum" -> holds(compared <= 0, value, "at most " + rule);
            case "exclusiveMinimum" -> holds(compared > 0, value, "above " + rule);
            case "exclusiveMaximum" -> holds(compared < 0, value, "below " + rule);
            case "multipleOf" ->
                    holds(
                            rule.decimalValue().signum() <= 0
                                    || value.decimalValue().remainder(rule.decimalValue()).signum()
                                            == 0,
                            value,
                            "a multiple of " + rule);
            default -> null;
        };
    }

    private @Nullable Fault ofText(JsonNode value, String keyword, JsonNode rule) {
        var text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        return switch (keyword) {
            case "minLength" ->
                    holds(length >= rule.asInt(0), value, "at least " + rule + " characters");
            case "maxLength" ->
                    holds(length <= rule.asInt(0), value, "at most " + rule + " characters");
            case "pattern" -> holds(matches(text, rule.asString("")), value, "a match of " + rule);
            default -> null;
        };
    }

    private boolean matches(String text, String pattern) {
        var compiled = patterns.get(pattern);
        return compiled == null || text.length() <= MOST_MATCHED && compiled.matcher(text).find();
    }

    private static @Nullable Fault ofList(JsonNode value, String keyword, JsonNode rule) {
        return switch (keyword) {
            case "minItems" ->
                    holds(value.size() >= rule.asInt(0), value, "at least " + rule + " items");
            case "maxItems" ->
                    holds(value.size() <= rule.asInt(0), value, "at most " + rule + " items");
            case "uniqueItems" ->
                    holds(
                            !rule.asBoolean(false)
                                    || value.valueStream().distinct().count() == value.size(),
                            value,
                            "different items");
            default -> null;
        };
    }

    private @Nullable Fault ofProperties(JsonNode value, JsonNode properties) {
        if (!value.isObject()) {
            return null;
        }
        for (var property : properties.properties()) {
            var said = value.path(property.getKey());
            var fault = said.isMissingNode() ? null : fault(said, property.getValue());
            if (fault != null) {
                return fault.in(property.getKey());
            }
        }
        return null;
    }

    private static @Nullable Fault ofRequired(JsonNode value, JsonNode names) {
        if (!value.isObject()) {
            return null;
        }
        for (var name : names) {
            if (!value.has(name.asString(""))) {
                return Fault.of("missing (expected: a value)").in(name.asString(""));
            }
        }
        return null;
    }

    private @Nullable Fault ofOthers(JsonNode value, JsonNode rule, JsonNode properties) {
        if (!value.isObject()) {
            return null;
        }
        for (var said : value.properties()) {
            var fault = properties.has(said.getKey()) ? null : fault(said.getValue(), rule);
            if (fault != null) {
                return fault.in(said.getKey());
            }
        }
        return null;
    }

    private @Nullable Fault ofItems(JsonNode value, JsonNode rule) {
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            var fault = fault(value.get(i), rule);
            if (fault != null) {
                return fault.in("[" + i + "]");
            }
        }
        return null;
    }

    private @Nullable Fault ofContained(JsonNode value, JsonNode rule) {
        boolean holds =
                !value.isArray() || value.valueStream().anyMatch(item -> fault(item, rule) == null);
        return holds(holds, value, "one item like " + rule);
    }

    private @Nullable Fault ofAlternatives(JsonNode value, String keyword, JsonNode schemas) {
        long fitting = schemas.valueStream().filter(each -> fault(value, each) == null).count();
        boolean holds =
                switch (keyword) {
                    case "anyOf" -> fitting > 0;
                    case "oneOf" -> fitting == 1;
                    default -> fitting == schemas.size();
                };
        return holds(holds, value, keyword + " " + schemas);
    }

    private static boolean isOfType(JsonNode value, JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(each -> isOfType(value, each))
                : switch (type.asString("")) {
                    case "null" -> value.isNull();
                    case "boolean" -> value.isBoolean();
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "number" -> value.isNumber();
                    case "integer" -> isWhole(value);
                    case "string" -> value.isString();
                    default -> true;
                };
    }

    /** 1.0 is an integer, by the standard. */
    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber()
                || value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return values.valueStream().anyMatch(each -> isSame(each, value));
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    private static String words(JsonNode type) {
        return type.isArray() ? "one of " + type : type.asString("");
    }

    private static @Nullable Fault holds(boolean holds, JsonNode value, String expected) {
        return holds ? null : Fault.of("%s (expected: %s)".formatted(shown(value), expected));
    }

    /** Of a large value only what it is. */
    private static String shown(JsonNode value) {
        return value.isContainer() ? value.isArray() ? "a list" : "an object" : shortened(value);
    }

    private static String shortened(JsonNode value) {
        var text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
