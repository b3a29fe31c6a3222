package dev.orrery.pipeline.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class StageHealthTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Told(
            boolean isRunning,
            boolean isReading,
            Duration oldestOpen,
            Duration stalledFor,
            int inFlight)
            implements Vitals {

        @Override
        public String name() {
            return "prompt";
        }
    }

    @Test
    void isUpWhileTheOldestInputIsYoungEnough() {
        // given
        var stage = new Told(true, true, LIMIT, Duration.ZERO, 3);

        // when
        var health = healthOf(stage);

        // then
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsAllEntriesOf(
                        Map.of(
                                "stage",
                                "prompt",
                                "inFlight",
                                3,
                                "oldestOpenMillis",
                                60_000L,
                                "oldestOpenLimitMillis",
                                60_000L));
    }

    @Test
    void isDownWhenTheOldestInputIsTooOld() {
        // given
        var stage = new Told(true, true, LIMIT.plusMillis(1), Duration.ZERO, 1);

        // when
        var health = healthOf(stage);

        // then
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhenInputsWaitAndNoneIsBegun() {
        // given
        var stage = new Told(true, true, Duration.ZERO, Duration.ofMillis(15_001), 0);

        // when
        var health = healthOf(stage);

        // then
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhenNoRecordsCanArrive() {
        // given
        var stage = new Told(true, false, Duration.ZERO, Duration.ZERO, 0);

        // when
        var health = healthOf(stage);

        // then
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhileStopped() {
        // given
        var stage = new Told(false, true, Duration.ZERO, Duration.ZERO, 0);

        // when
        var health = healthOf(stage);

        // then
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    }

    private static Health healthOf(Vitals stage) {
        return new StageHealth(stage, LIMIT).health();
    }
}
