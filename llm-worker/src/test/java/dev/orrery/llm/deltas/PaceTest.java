package dev.orrery.llm.deltas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @ParameterizedTest
    @CsvSource({"0, 25", "1, 25", "64, 25", "128, 50", "320, 125", "640, 250", "10000, 250"})
    void stretchesThePauseWithTheLoadUpToTheLongest(int runsInFlight, long millis) {
        // given
        var pace = Pace.defaults();

        // when
        var pause = pace.pause(runsInFlight);

        // then
        assertThat(pause).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void refusesALongestPauseBelowTheShortest() {
        // given
        var shortest = Duration.ofMillis(50);

        // when / then
        assertThatThrownBy(() -> new Pace(shortest, Duration.ofMillis(49), 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 0 < shortest <= longest");
    }
}
