package dev.orrery.enrichment.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-07-16T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7;PT7S",
                "0;PT1S",
                "999999999;PT5M",
                "99999999999999999999;PT1S",
                "-1;PT1S",
                "soon;PT1S",
                "Thu, 16 Jul 2026 10:00:30 GMT;PT30S",
                "Thu, 16 Jul 2026 09:00:00 GMT;PT1S",
                "Fri, 16 Jul 2027 09:00:00 GMT;PT5M"
            })
    void isWithinBoundsWhateverTheServiceSays(String value, Duration expected) {
        // given
        var headers = new DefaultHttpHeaders().add("Retry-After", value);

        // when
        var wait = RetryAfter.of(headers, CLOCK);

        // then
        assertThat(wait).isEqualTo(expected);
    }

    @Test
    void isASecondWhenTheServiceDoesNotSay() {
        // given
        var headers = new DefaultHttpHeaders();

        // when
        var wait = RetryAfter.of(headers, CLOCK);

        // then
        assertThat(wait).isEqualTo(Duration.ofSeconds(1));
    }
}
