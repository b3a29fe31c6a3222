package dev.orrery.pipeline.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ValueTextTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Asha"             | Asha
                    " a "              | ` a `
                    31                 | 31
                    -7                 | -7
                    1.50               | 1.50
                    1e3                | 1000
                    true               | true
                    [1, "a"]           | [1,"a"]
                    {"b": 1, "a": [2]} | {"b":1,"a":[2]}
                    """)
    void writesAValuePlainly(String json, String text) {
        assertThat(ValueText.of(JSON.readTree(json))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "0", "0.0", "-0.0", "0e9", "\"\"", "[]", "{}"})
    void writesNothingForWhatIsNothing(String json) {
        assertThat(ValueText.of(JSON.readTree(json))).isEmpty();
    }

    @Test
    void writesNothingForWhatIsNotThere() {
        assertThat(ValueText.of(null)).isEmpty();
        assertThat(ValueText.of(JSON.readTree("{}").path("a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999", "1e-999999", "-1e100000000"})
    void fillsNoMemoryWithZeroes(String json) {
        assertThat(ValueText.of(JSON.readTree(json))).hasSizeLessThan(20);
    }
}
