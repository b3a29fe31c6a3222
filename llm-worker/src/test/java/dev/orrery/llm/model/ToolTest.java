package dev.orrery.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {

    @Test
    void keepsTheSchemaAsCompactJson() {
        assertThat(new Tool("f", "", " { \"type\" :\n\"object\" } ").inputSchema())
                .isEqualTo("{\"type\":\"object\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "\"object\"", "{\"a\":}"})
    void refusesASchemaThatIsNoObject(String schema) {
        assertThatThrownBy(() -> new Tool("f", "", schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema of tool f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "-x", "a b", "näme", "a.b"})
    void refusesANameThatNotEveryProviderTakes(String name) {
        assertThatThrownBy(() -> new Tool(name, "", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNamesUpTo64Characters() {
        assertThat(new Tool("x".repeat(64), "", "{}").name()).hasSize(64);
        assertThatThrownBy(() -> new Tool("x".repeat(65), "", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allowsEachNameOnceInAConversation() {
        // given
        var tool = new Tool("f", "", "{}");

        // when / then
        assertThatThrownBy(() ->
                        new Conversation("", List.of(), null, null, null, 1, List.of(tool, tool)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
