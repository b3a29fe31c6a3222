package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelFailure.TimedOut;
import java.time.Duration;

/**
 * How long one call may take. The turn's deadline stands above all of them.
 *
 * @param connect from the call to the connection
 * @param firstToken from the call to the first visible text or tool call; headers, empty chunks and
 *     keep-alives are neither
 * @param stall from one piece of text to the next
 * @param total the whole call
 */
public record Limits(Duration connect, Duration firstToken, Duration stall, Duration total) {

    /**
     * What holds where nobody asks for less, in a bot's configuration as at the gateway. Only a
     * model that was given this much tells something of its health by being late.
     */
    public static final Limits USUAL =
            new Limits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60));

    public Limits {
        if (!connect.isPositive()
                || !firstToken.isPositive()
                || !stall.isPositive()
                || !total.isPositive()) {
            throw new IllegalArgumentException(
                    "limits: %s, %s, %s, %s (expected: above 0)"
                            .formatted(connect, firstToken, stall, total));
        }
    }

    /** Whether less time was given than is usual. What is left of a turn is nobody's usual time. */
    boolean isHurried(TimedOut.Limit limit) {
        return switch (limit) {
            case CONNECT -> connect.compareTo(USUAL.connect) < 0;
            case FIRST_TOKEN -> firstToken.compareTo(USUAL.firstToken) < 0;
            case STALL -> stall.compareTo(USUAL.stall) < 0;
            case TOTAL -> total.compareTo(USUAL.total) < 0;
            case DEADLINE -> true;
        };
    }
}
