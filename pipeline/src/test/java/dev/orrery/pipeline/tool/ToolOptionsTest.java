package dev.orrery.pipeline.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ToolOptionsTest {

    private static ToolOptions of(String metadata) {
        return ToolOptions.of(JsonMapper.shared().readTree(metadata));
    }

    @Test
    void areReadAsARevisionStatesThem() {
        // when
        var options =
                of(
                        """
                        {"tools": [{"name": "get_weather", "description": "Now", "handler": "get_weather",
                                    "timeout_ms": 800, "parameters": {"type": "object"}},
                                   {"name": "open_map"}],
                         "tools_required": true, "history_tools": true}
                        """);

        // then
        assertThat(options.required()).isTrue();
        assertThat(options.inHistory()).isTrue();
        var weather = options.offered().getFirst();
        assertThat(weather.getDescription()).isEqualTo("Now");
        assertThat(weather.getHandler()).isEqualTo("get_weather");
        assertThat(weather.getTimeoutMillis()).isEqualTo(800);
        assertThat(weather.getParameters()).isEqualTo("{\"type\":\"object\"}");
        var map = options.offered().getLast();
        assertThat(map.getHandler()).isEqualTo("app");
        assertThat(map.getTimeoutMillis()).isEqualTo(5_000);
        assertThat(map.getParameters()).isEqualTo("{\"type\":\"object\",\"properties\":{}}");
    }

    @Test
    void areNoneWhereARevisionSaysNothing() {
        // when
        var options = of("{\"tools\": null}");

        // then
        assertThat(options).isEqualTo(ToolOptions.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"tools": {}} | metadata.tools:
                    {"tools": [{"name": "Weather"}]} | metadata.tools[0].name:
                    {"tools": [{"name": "a"}, {"name": "a"}]} | metadata.tools[1].name:
                    {"tools": [{"name": "a", "handler": "https://x"}]} | metadata.tools[0].handler: unusable (expected: one of app, get_birth_chart, get_weather, get_exchange_rate, current_time)
                    {"tools": [{"name": "a", "parameters": []}]} | metadata.tools[0].parameters:
                    {"tools": [{"name": "a", "timeout_ms": 0}]} | metadata.tools[0].timeout_ms:
                    {"tools": [{"name": "a", "timeout_ms": 1.5}]} | metadata.tools[0].timeout_ms:
                    {"tools_required": "yes"} | metadata.tools_required:
                    {"history_tools": 1} | metadata.history_tools:
                    """)
    void sayWhatCannotBeUsed(String metadata, String words) {
        // when
        assertThatThrownBy(() -> of(metadata))

                // then
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }
}
