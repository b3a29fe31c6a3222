package dev.orrery.llm.chain;

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
}
