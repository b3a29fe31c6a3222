package dev.orrery.ingest.admin.configs;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether something is a JSON Schema (draft 2020-12), as far as providers take one for the
 * arguments of a tool: keywords have to have the form that the standard gives them, references are
 * not followed and therefore refused, and what the standard does not know is ignored, as it
 * demands.
 */
final class ToolSchema {

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    private static final Set<String> SCHEMAS = Set.of("items", "not", "contains");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("anyOf", "oneOf", "allOf");

    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    Map.entry("title", new Form(JsonNode::isString, "a text")),
                    Map.entry("description", new Form(JsonNode::isString, "a text")),
                    Map.entry("format", new Form(JsonNode::isString, "a text")),
                    Map.entry("pattern", new Form(ToolSchema::isPattern, "a regular expression")),
                    Map.entry("enum", new Form(ToolSchema::isFilledList, "a list of values")),
                    Map.entry("required", new Form(ToolSchema::areNames, "a list of names")),
                    Map.entry("minimum", new Form(JsonNode::isNumber, "a number")),
                    Map.entry("maximum", new Form(JsonNode::isNumber, "a number")),
                    Map.entry("minLength", new Form(ToolSchema::isCount, "0 or more")),
                    Map.entry("maxLength", new Form(ToolSchema::isCount, "0 or more")),
                    Map.entry("minItems", new Form(ToolSchema::isCount, "0 or more")),
                    Map.entry("maxItems", new Form(ToolSchema::isCount, "0 or more")),
                    Map.entry("uniqueItems", new Form(JsonNode::isBoolean, "true or false")),
                    Map.entry("$ref", new Form(reference -> false, "no references")),
                    Map.entry("$dynamicRef", new Form(reference -> false, "no references")));

    private ToolSchema() {}

    /** The form that a keyword's value has to have. */
    private record Form(Predicate<JsonNode> holds, String expected) {}

    /**
     * The first thing that is wrong.
     *
     * @param where behind the schema's own name, for example {@code .properties.city.type}
     */
    record Fault(String where, String what) {

        private Fault inside(String name) {
            return new Fault("." + name + where, what);
        }
    }

    /** Empty when it is the schema of an object, which the arguments of a tool are. */
    static Optional<Fault> requireObject(JsonNode schema) {
        var type = schema.path("type");
        if (schema.isObject() && !(type.isString() && type.stringValue().equals("object"))) {
            return Optional.of(new Fault(".type", "something else (expected: object)"));
        }
        return Optional.ofNullable(faultOf(schema));
    }

    /** Recursive; the reader of documents bounds the depth. */
    private static @Nullable Fault faultOf(JsonNode schema) {
        if (schema.isBoolean()) {
            return null; // everything, or nothing
        }
        if (!schema.isObject()) {
            return new Fault("", "not a schema (expected: an object)");
        }
        for (var keyword : schema.properties()) {
            var fault = faultOf(keyword.getKey(), keyword.getValue());
            if (fault != null) {
                return fault.inside(keyword.getKey());
            }
        }
        return null;
    }

    private static @Nullable Fault faultOf(String keyword, JsonNode value) {
        var form = FORMS.get(keyword);
        if (form != null) {
            return form.holds().test(value)
                    ? null
                    : new Fault("", "not so (expected: " + form.expected() + ")");
        }
        if (keyword.equals("type")) {
            return isType(value)
                    ? null
                    : new Fault("", "no type (expected: some of " + sorted(TYPES) + ")");
        }
        if (keyword.equals("properties") || keyword.equals("$defs")) {
            return faultInAll(value);
        }
        if (LISTS_OF_SCHEMAS.contains(keyword)) {
            return isFilledList(value)
                    ? faultInList(value)
                    : new Fault("", "not so (expected: a list of schemas)");
        }
        return SCHEMAS.contains(keyword) || keyword.equals("additionalProperties")
                ? faultOf(value)
                : null;
    }

    private static @Nullable Fault faultInAll(JsonNode properties) {
        if (!properties.isObject()) {
            return new Fault("", "not so (expected: an object of schemas)");
        }
        for (var property : properties.properties()) {
            var fault = faultOf(property.getValue());
            if (fault != null) {
                return fault.inside(property.getKey());
            }
        }
        return null;
    }

    private static @Nullable Fault faultInList(JsonNode schemas) {
        for (int i = 0; i < schemas.size(); i++) {
            var fault = faultOf(schemas.get(i));
            if (fault != null) {
                return fault.inside(Integer.toString(i));
            }
        }
        return null;
    }

    private static boolean isType(JsonNode value) {
        return value.isArray()
                ? isFilledList(value) && value.valueStream().allMatch(ToolSchema::isTypeName)
                : isTypeName(value);
    }

    private static boolean isTypeName(JsonNode value) {
        return value.isString() && TYPES.contains(value.stringValue());
    }

    private static boolean isFilledList(JsonNode value) {
        return value.isArray() && !value.isEmpty();
    }

    private static boolean areNames(JsonNode value) {
        return value.isArray()
                && value.valueStream().allMatch(JsonNode::isString)
                && value.valueStream().distinct().count() == value.size();
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
    }

    private static boolean isPattern(JsonNode value) {
        try {
            return value.isString() && Pattern.compile(value.stringValue()).pattern() != null;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
