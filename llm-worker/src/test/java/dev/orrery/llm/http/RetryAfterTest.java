package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class RetryAfterTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "retry-after, 7, 7000",
        "retry-after, 0, 0",
        "retry-after, 1.5, 1500",
        "retry-after, ' 2 ', 2000",
        "Retry-After, 'Tue, 24 Nov 2026 10:00:30 GMT', 30000",
        "Retry-After, 'Tue, 24 Nov 2026 09:00:00 GMT', 0",
        "retry-after-ms, 250, 250",
        "retry-after, 99999999, 3600000",
        "retry-after, 1e300, 3600000"
    })
    void readsSecondsMillisecondsAndDates(String header, String value, long millis) {
        // given
        var headers = headers(header, value);

        // when
        var wait = RetryAfter.of(headers, CLOCK);

        // then
        assertThat(wait).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "NaN", "Tue, 99 Nov 2026"})
    void knowsNothingOfWhatMakesNoSense(String value) {
        // given
        var headers = headers("retry-after", value);

        // when
        var wait = RetryAfter.of(headers, CLOCK);

        // then
        assertThat(wait).isNull();
    }

    @Test
    void believesTheFinerHeader() {
        // given
        var headers = headers("retry-after", "7");
        headers.add("retry-after-ms", "6800");

        // when
        var wait = RetryAfter.of(headers, CLOCK);

        // then
        assertThat(wait).isEqualTo(Duration.ofMillis(6_800));
    }

    private static HttpHeaders headers(String name, String value) {
        var headers = new HttpHeaders();
        headers.add(name, value);
        return headers;
    }
}
