package dev.orrery.ingest.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class AskedFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "text/event-stream;charset=UTF-8",
                "application/json, text/event-stream",
                "text/event-stream;q=0.5, application/json;q=0.5",
                "text/event-stream;q=0.1, */*",
                "text/html, text/event-stream;q=0.1"
            })
    void isAStreamForWhoNamesIt(String accept) {
        assertThat(AskedForm.isStream(MediaType.parseMediaTypes(accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "application/json",
                "text/event-stream;q=0",
                "application/json, text/event-stream;q=0.1",
                "text/event-stream;q=0.8, application/json;q=0.9"
            })
    void isNoneForWhoDoesNotOrWouldRatherHaveJson(String accept) {
        assertThat(AskedForm.isStream(MediaType.parseMediaTypes(accept))).isFalse();
    }
}
