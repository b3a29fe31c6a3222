package dev.orrery.pipeline.health;

/** The meters of a stage; each carries the tag {@code stage}. */
public enum StageMeters {
    /**
     * Timer: one input from the start of its handling to its end, of a batch stage one call of its
     * function; tag {@code outcome}.
     */
    HANDLED("orrery.stage.handled"),
    /** Gauge: inputs begun and not done. */
    IN_FLIGHT("orrery.stage.in.flight"),
    /** Gauge, seconds: age of the oldest input in flight, 0 when there is none. */
    OLDEST_OPEN("orrery.stage.oldest.open"),
    /** Gauge: inputs received and not begun. */
    WAITING("orrery.stage.waiting"),
    /** Gauge: inputs that may be in flight at once. */
    CONCURRENCY_LIMIT("orrery.stage.concurrency.limit"),
    /** Gauge: inputs that may be begun per second; not a number while there is no limit. */
    RATE_LIMIT("orrery.stage.rate.limit"),
    /** Gauge: 1 while an operator has paused the stage, else 0. */
    PAUSED("orrery.stage.paused"),
    /** Counter: inputs put into the dead letters; tag {@code code}. */
    DEAD_LETTERED("orrery.stage.dead.lettered"),
    /** Counter: attempts that failed and were repeated. */
    RETRIED("orrery.stage.retried"),
    /** Counter: readers that failed or stalled and were replaced. */
    SOURCE_RESTARTS("orrery.stage.source.restarts");

    private final String meterName;

    StageMeters(String meterName) {
        this.meterName = meterName;
    }

    public String meterName() {
        return meterName;
    }
}
