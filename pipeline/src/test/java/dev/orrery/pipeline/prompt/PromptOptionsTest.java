package dev.orrery.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.prompt.yaml.YamlStyle;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PromptOptionsTest {

    private static PromptOptions options(String json) {
        return PromptOptions.of(JsonMapper.shared().readTree(json));
    }

    @Test
    void areAllOptional() {
        assertThat(options("{\"fallbacks\": []}")).isEqualTo(PromptOptions.NONE);
        assertThat(options("{\"history_tokens\": null, \"custom\": null}"))
                .isEqualTo(PromptOptions.NONE);
    }

    @Test
    void areRead() {
        // when
        var options =
                options(
                        """
                        {"fence_user_values": true, "yaml_style": "compat", "history_tokens": 0, "custom": {"mood": "calm"},
                         "required_variables": ["user_name"]}
                        """);

        // then
        assertThat(options.values().fencesUserValues()).isTrue();
        assertThat(options.values().style()).isEqualTo(YamlStyle.COMPAT);
        assertThat(options.values().custom().called("custom.mood")).isEqualTo("calm");
        assertThat(options.historyTokens()).isEqualTo(OptionalLong.of(0));
        assertThat(options.requiredVariables()).isEqualTo(List.of("user_name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"fence_user_values": "yes"}        | metadata.fence_user_values
                    {"yaml_style": "flow"}              | metadata.yaml_style
                    {"yaml_style": true}                | metadata.yaml_style
                    {"history_tokens": -1}              | metadata.history_tokens
                    {"history_tokens": 1.5}             | metadata.history_tokens
                    {"history_tokens": 1e30}            | metadata.history_tokens
                    {"custom": ["a"]}                   | metadata.custom
                    {"custom": {"user_name": "x"}}      | metadata.custom.user_name
                    {"custom": {"A": "x"}}              | metadata.custom.A
                    {"required_variables": "user_name"} | metadata.required_variables
                    {"required_variables": [1]}         | metadata.required_variables
                    """)
    void areRefusedWhenTheyAreNotWhatTheyShouldBe(String json, String path) {
        assertThatThrownBy(() -> options(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining("(expected: ");
    }
}
