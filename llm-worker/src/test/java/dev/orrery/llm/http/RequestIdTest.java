package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class RequestIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"req_011CS", "chatcmpl-1", "7b0f0a1e-1", "gen-17/a:b+c=", "r"})
    void isAShortWord(String id) {
        assertThat(RequestId.of(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak", "-x", "é", "{}", "a\u0000b"})
    void isNothingElse(String text) {
        assertThat(RequestId.of(text)).isNull();
    }

    @Test
    void isBounded() {
        assertThat(RequestId.of("x".repeat(128))).isNotNull();
        assertThat(RequestId.of("x".repeat(129))).isNull();
        assertThat(RequestId.of(null)).isNull();
    }

    @Test
    void isTheProvidersBeforeThatOfAFront() {
        // given
        var headers = new HttpHeaders();
        headers.set("X-Request-Id", "front");
        headers.set("Request-Id", "req_1");

        // when / then
        assertThat(RequestId.in(headers)).isEqualTo("req_1");
        assertThat(RequestId.in(new HttpHeaders())).isNull();
    }
}
