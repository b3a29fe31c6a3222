package dev.orrery.llm.deltas;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often a reply may send a delta. The load that counts is the number of runs in flight in this
 * process: the pause grows with it, so that the number of deltas a second stays what it is at rest
 * until the longest pause is reached. A broker that falls behind slows every reply down by itself,
 * because a delta also waits for the acknowledgement before it.
 *
 * @param shortest the pause after a delta at rest, above 0
 * @param longest the pause under load, at least the shortest
 * @param restingRuns runs in flight that still count as rest, 1 or more
 */
public record Pace(
        @DefaultValue("25ms") Duration shortest,
        @DefaultValue("250ms") Duration longest,
        @DefaultValue("64") int restingRuns) {

    public Pace {
        if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "shortest: "
                            + shortest
                            + ", longest: "
                            + longest
                            + " (expected: 0 < shortest <= longest)");
        }
        if (restingRuns < 1) {
            throw new IllegalArgumentException(
                    "resting-runs: " + restingRuns + " (expected: >= 1)");
        }
    }

    /** What is in force when nothing is configured. */
    public static Pace defaults() {
        return new Pace(Duration.ofMillis(25), Duration.ofMillis(250), 64);
    }

    /** The pause after a delta while so many runs are in flight. */
    Duration pause(int runsInFlight) {
        if (runsInFlight <= restingRuns) {
            return shortest;
        }
        var stretched = shortest.multipliedBy(runsInFlight).dividedBy(restingRuns);
        return stretched.compareTo(longest) > 0 ? longest : stretched;
    }
}
