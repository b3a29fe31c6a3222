package dev.orrery.pipeline.health;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when the oldest input in flight is too old, when inputs wait and none is begun, or when no
 * records can arrive. A stuck lane is otherwise invisible: the stage goes on with its other keys,
 * and lag grows slowly.
 */
public final class StageHealth implements HealthIndicator {

    /**
     * A begun input shows itself within milliseconds; the rest is room for a pause of the machine.
     */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(15);

    private final Vitals stage;
    private final Duration oldestOpenLimit;

    public StageHealth(Vitals stage, Duration oldestOpenLimit) {
        this.stage = stage;
        this.oldestOpenLimit = oldestOpenLimit;
    }

    @Override
    public Health health() {
        var oldestOpen = stage.oldestOpen();
        var stalledFor = stage.stalledFor();
        boolean well =
                stage.isRunning()
                        && stage.isReading()
                        && oldestOpen.compareTo(oldestOpenLimit) <= 0
                        && stalledFor.compareTo(LONGEST_STALL) <= 0;
        return (well ? Health.up() : Health.down())
                .withDetail("stage", stage.name())
                .withDetail("running", stage.isRunning())
                .withDetail("reading", stage.isReading())
                .withDetail("inFlight", stage.inFlight())
                .withDetail("oldestOpenMillis", oldestOpen.toMillis())
                .withDetail("oldestOpenLimitMillis", oldestOpenLimit.toMillis())
                .withDetail("stalledMillis", stalledFor.toMillis())
                .build();
    }
}
