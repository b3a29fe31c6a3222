package dev.orrery.pipeline.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.CancelRequested;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final RegistryClient client = new RegistryClient(registry.url());

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @Test
    void asksOnceForWhatNeverChanges() {
        // given
        registry.answering(200, "{\"id\": 42}");
        client.register("chat.cancellations-value", CancelRequested.getClassSchema());

        // when
        int id = client.register("chat.cancellations-value", CancelRequested.getClassSchema());

        // then
        assertThat(id).isEqualTo(42);
        assertThat(client.schemaOf(42)).isEqualTo(CancelRequested.getClassSchema());
        assertThat(registry.asked)
                .containsExactly("POST /subjects/chat.cancellations-value/versions");
    }

    @Test
    void tellsAnUnknownSchemaFromARegistryThatIsAway() {
        // given
        registry.answering(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");

        // when / then
        assertThatThrownBy(() -> client.schemaOf(7)).isInstanceOf(SchemaUnknown.class);
    }

    @Test
    void doesNotRememberThatASchemaWasUnknown() {
        // given
        registry.answering(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}");
        assertThatThrownBy(() -> client.schemaOf(7)).isInstanceOf(SchemaUnknown.class);
        registry.answering(200, "{\"schema\": \"\\\"string\\\"\"}");

        // when
        var schema = client.schemaOf(7);

        // then
        assertThat(schema.getName()).isEqualTo("string");
    }

    @Test
    void saysWhyASchemaIsRefused() {
        // given
        registry.answering(409, "{\"error_code\": 409, \"message\": \"incompatible\"}");

        // when / then
        assertThatThrownBy(() -> client.register("a-value", CancelRequested.getClassSchema()))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining("incompatible");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void takesARegistryThatCannotAnswerForAway(int status) {
        // given
        registry.answering(status, "{}");

        // when / then
        assertThatThrownBy(() -> client.schemaOf(7)).isInstanceOf(RegistryUnreachable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|<html>",
                "404|{\"message\": \"no Route matched\"}",
                "401|{\"error_code\": 40101, \"message\": \"Unauthorized\"}",
                "403|{\"error_code\": 40301, \"message\": \"User is denied operation Read\"}",
            })
    void takesAnAnswerThatSaysNothingOfTheSchemaForAway(int status, String body) {
        // given
        registry.answering(status, body);

        // when / then
        assertThatThrownBy(() -> client.schemaOf(7)).isInstanceOf(RegistryUnreachable.class);
    }

    @Test
    void asksTheNextAddressWhenOneIsAway() {
        // given
        var gone = new ScriptedRegistry();
        gone.close();
        registry.answering(200, "{\"schema\": \"\\\"string\\\"\"}");

        // when
        try (var several = new RegistryClient(gone.url() + "," + registry.url() + "/")) {
            var schema = several.schemaOf(7);

            // then
            assertThat(schema.getName()).isEqualTo("string");
        }
    }
}
