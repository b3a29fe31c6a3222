package dev.orrery.pipeline.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ArgumentsSchemaTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static Optional<String> fault(String schema, String arguments) {
        return ArgumentsSchema.of(schema)
                .faultOf(JSON.readTree(arguments))
                .map(ArgumentsSchema.Fault::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "object"} | {}
                    {"properties": {"a": {"type": "string"}}} | {"a": "x", "b": 1}
                    {"properties": {"a": {"type": ["string", "null"]}}} | {"a": null}
                    {"properties": {"a": {"type": "integer"}}} | {"a": 1.0}
                    {"properties": {"a": {"enum": ["x", 1]}}} | {"a": 1.00}
                    {"properties": {"a": {"const": {"b": 1}}}} | {"a": {"b": 1}}
                    {"properties": {"a": {"minimum": -90, "maximum": 90}}} | {"a": -90}
                    {"properties": {"a": {"exclusiveMinimum": 0}}} | {"a": 1e-300}
                    {"properties": {"a": {"multipleOf": 0.1}}} | {"a": 0.3}
                    {"properties": {"a": {"minLength": 1, "maxLength": 1}}} | {"a": "😀"}
                    {"properties": {"a": {"pattern": "^[A-Z]{3}$"}}} | {"a": "INR"}
                    {"properties": {"a": {"items": {"type": "string"}, "minItems": 1}}} | {"a": ["x"]}
                    {"properties": {"a": {"uniqueItems": true, "contains": {"const": 2}}}} | {"a": [1, 2]}
                    {"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "number"}]}}} | {"a": 2}
                    {"properties": {"a": {"oneOf": [{"type": "string"}, {"minimum": 1}]}}} | {"a": 2}
                    {"properties": {"a": {"not": {"type": "string"}}}} | {"a": 2}
                    {"properties": {"a": true}, "additionalProperties": false} | {"a": 2}
                    {"properties": {"a": {"format": "date", "title": "A", "default": 1}}} | {"a": "no date"}
                    """)
    void takesWhatTheSchemaAllows(String schema, String arguments) {
        // when
        var fault = fault(schema, arguments);

        // then
        assertThat(fault).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"required": ["city"]} | {} | arguments: required property 'city' not found
                    {"properties": {"a": {"type": "string"}}} | {"a": 3} | /a: integer found, string expected
                    {"properties": {"a": {"type": ["string", "null"]}}} | {"a": {}} | /a: object found
                    {"properties": {"a": {"type": "integer"}}} | {"a": 1.5} | /a: number found, integer expected
                    {"properties": {"a": {"enum": ["x", "y"]}}} | {"a": "z"} | /a: does not have a value in the enumeration
                    {"properties": {"a": {"const": 1}}} | {"a": 2} | /a: must be the constant value
                    {"properties": {"a": {"minimum": -90}}} | {"a": -90.1} | /a: must have a minimum value of -90
                    {"properties": {"a": {"maximum": 90}}} | {"a": 91} | /a: must have a maximum value of 90
                    {"properties": {"a": {"exclusiveMaximum": 90}}} | {"a": 90} | /a: must have an exclusive maximum value of 90
                    {"properties": {"a": {"multipleOf": 2}}} | {"a": 3} | /a: must be multiple of 2
                    {"properties": {"a": {"minLength": 2}}} | {"a": "😀"} | /a: must be at least 2 characters long
                    {"properties": {"a": {"pattern": "^[A-Z]{3}$"}}} | {"a": "inr"} | /a: does not match the regex pattern
                    {"properties": {"a": {"items": {"type": "string"}}}} | {"a": ["x", 2]} | /a/1:
                    {"properties": {"a": {"items": {"properties": {"b": {"type": "string"}}}}}} | {"a": [{"b": 2}]} | /a/0/b:
                    {"properties": {"a": {"maxItems": 1}}} | {"a": [1, 2]} | /a: must have at most 1 items
                    {"properties": {"a": {"uniqueItems": true}}} | {"a": [1, 1]} | /a: must have only unique items
                    {"properties": {"a": {"contains": {"const": 2}}}} | {"a": [1]} | /a:
                    {"properties": {"a": {"anyOf": [{"type": "string"}]}}} | {"a": 1} | /a:
                    {"properties": {"a": {"oneOf": [true, true]}}} | {"a": 1} | /a: must be valid to one and only one schema
                    {"properties": {"a": {"not": {"type": "number"}}}} | {"a": 1} | /a:
                    {"additionalProperties": false} | {"b": 1} | arguments: property 'b' is not defined in the schema
                    {"properties": {"a": {"maximum": 1}}} | {"a": 1e999999999} | arguments: a number out of range
                    {"properties": {"a": {"multipleOf": 7}}} | {"a": 1e-999999999} | arguments: a number out of range
                    {"properties": {"a": {"pattern": "("}}} | {"a": "x"} | arguments: of a tool whose schema cannot be used
                    """)
    void saysWhereAndWhatIsWrong(String schema, String arguments, String expected) {
        // when
        var fault = fault(schema, arguments);

        // then
        assertThat(fault).hasValueSatisfying(told -> assertThat(told).startsWith(expected));
    }

    @Test
    void matchesNoPatternWithALongText() {
        // given
        var schema = "{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}";

        // when
        var fault = fault(schema, "{\"a\": \"" + "a".repeat(5_000) + "!\"}");

        // then
        assertThat(fault).hasValueSatisfying(told -> assertThat(told).contains("a long text"));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> ArgumentsSchema.of("{"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [] | ''
                    {} | /type
                    {"type": "array"} | /type
                    {"type": "object", "properties": {"a": {"type": "text"}}} | /properties/a/type
                    {"type": "object", "properties": {"a": {"minLength": -1}}} | /properties/a/minLength
                    {"type": "object", "properties": {"a": {"enum": []}}} | ''
                    {"type": "object", "properties": {"a": {"pattern": "("}}} | ''
                    {"type": "object", "properties": {"a": {"maximum": 1e999999999}}} | ''
                    {"type": "object", "properties": {"a": {"$ref": "https://x/y.json"}}} | ''
                    {"type": "object", "$schema": "https://x/y.json"} | ''
                    """)
    void findsWhatCannotBeUsedInASchemaItself(String schema, String where) {
        // when
        var fault = ArgumentsSchema.faultIn(JSON.readTree(schema));

        // then
        assertThat(fault).hasValueSatisfying(found -> assertThat(found.where()).isEqualTo(where));
    }

    @Test
    void takesPropertiesThatAreCalledLikeKeywords() {
        // given
        var schema =
                """
                {"type": "object", "properties": {"$ref": {"type": "string"}, "enum": {"type": "array"}, "pattern": {}}}
                """;

        // when
        var fault = ArgumentsSchema.faultIn(JSON.readTree(schema));

        // then
        assertThat(fault).isEmpty();
    }
}
