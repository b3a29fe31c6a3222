package dev.orrery.enrichment.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-07-16T10:00:00Z"));
    private final Silence silence = new Silence(clock);

    @Test
    void isNotKeptWhenNobodyAskedForIt() {
        // given a service that answers

        // when
        boolean kept = silence.isKept();

        // then
        assertThat(kept).isFalse();
    }

    @Test
    void isNotCutShortByALaterRefusalThatWantsLess() {
        // given
        silence.keepFor(Duration.ofSeconds(60));

        // when
        silence.keepFor(Duration.ofSeconds(1));

        // then
        clock.goOn(Duration.ofSeconds(59));
        assertThat(silence.isKept()).isTrue();
        clock.goOn(Duration.ofSeconds(1));
        assertThat(silence.isKept()).isFalse();
    }

    @Test
    void growsWithARefusalThatWantsMore() {
        // given
        silence.keepFor(Duration.ofSeconds(1));

        // when
        silence.keepFor(Duration.ofSeconds(60));

        // then
        assertThat(silence.until()).isEqualTo(Instant.parse("2026-07-16T10:01:00Z"));
    }
}
