package dev.orrery.llm.tools;

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
                    {"required": ["city"]} | {} | city: missing (expected: a value)
                    {"properties": {"a": {"type": "string"}}} | {"a": 3} | a: 3 (expected: string)
                    {"properties": {"a": {"type": ["string", "null"]}}} | {"a": {}} | a: an object (expected: one of ["string","null"])
                    {"properties": {"a": {"type": "integer"}}} | {"a": 1.5} | a: 1.5 (expected: integer)
                    {"properties": {"a": {"enum": ["x", "y"]}}} | {"a": "z"} | a: "z" (expected: one of ["x","y"])
                    {"properties": {"a": {"const": 1}}} | {"a": 2} | a: 2 (expected: 1)
                    {"properties": {"a": {"minimum": -90}}} | {"a": -90.1} | a: -90.1 (expected: at least -90)
                    {"properties": {"a": {"maximum": 90}}} | {"a": 91} | a: 91 (expected: at most 90)
                    {"properties": {"a": {"exclusiveMaximum": 90}}} | {"a": 90} | a: 90 (expected: below 90)
                    {"properties": {"a": {"multipleOf": 2}}} | {"a": 3} | a: 3 (expected: a multiple of 2)
                    {"properties": {"a": {"minLength": 2}}} | {"a": "😀"} | a: "😀" (expected: at least 2 characters)
                    {"properties": {"a": {"pattern": "^[A-Z]{3}$"}}} | {"a": "inr"} | a: "inr" (expected: a match of "^[A-Z]{3}$")
                    {"properties": {"a": {"items": {"type": "string"}}}} | {"a": ["x", 2]} | a[1]: 2 (expected: string)
                    {"properties": {"a": {"items": {"properties": {"b": {"type": "string"}}}}}} | {"a": [{"b": 2}]} | a[0].b: 2 (expected: string)
                    {"properties": {"a": {"maxItems": 1}}} | {"a": [1, 2]} | a: a list (expected: at most 1 items)
                    {"properties": {"a": {"uniqueItems": true}}} | {"a": [1, 1]} | a: a list (expected: different items)
                    {"properties": {"a": {"contains": {"const": 2}}}} | {"a": [1]} | a: a list (expected: one item like {"const":2})
                    {"properties": {"a": {"anyOf": [{"type": "string"}]}}} | {"a": 1} | a: 1 (expected: anyOf [{"type":"string"}])
                    {"properties": {"a": {"oneOf": [true, true]}}} | {"a": 1} | a: 1 (expected: oneOf [true,true])
                    {"properties": {"a": {"not": {"type": "number"}}}} | {"a": 1} | a: 1 (expected: anything but {"type":"number"})
                    {"additionalProperties": false} | {"b": 1} | b: there (expected: nothing)
                    {"properties": {"a": {"maximum": 1}}} | {"a": 1e999999999} | a: a number out of range (expected: at most 400 digits)
                    """)
    void saysWhereAndWhatIsWrong(String schema, String arguments, String expected) {
        // when
        var fault = fault(schema, arguments);

        // then
        assertThat(fault).hasValue(expected);
    }

    @Test
    void matchesNoPatternWithALongText() {
        // given
        var schema = "{\"properties\": {\"a\": {\"pattern\": \"^(a+)+$\"}}}";

        // when
        var fault = fault(schema, "{\"a\": \"" + "a".repeat(5_000) + "!\"}");

        // then
        assertThat(fault).isPresent();
    }

    @Test
    void refusesWhatIsNoSchema() {
        // when
        assertThatThrownBy(() -> ArgumentsSchema.of("{"))

                // then
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArgumentsSchema.of("{\"pattern\": \"(\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
