package dev.orrery.prompt.revisions;

/**
 * Limits of each attempt in milliseconds, 1 to 600,000. The turn's deadline stands above them.
 *
 * @param connectMillis for the connection
 * @param firstTokenMillis from sending the request to the first visible text
 * @param stallMillis between two pieces of text
 * @param totalMillis for the whole attempt
 */
public record Timeouts(
        long connectMillis, long firstTokenMillis, long stallMillis, long totalMillis) {

    public static final Timeouts DEFAULT = new Timeouts(2_000, 15_000, 15_000, 60_000);

    private static final long LONGEST = 600_000;

    static Timeouts of(Metadata stated) {
        return new Timeouts(
                stated.number("connect_ms", DEFAULT.connectMillis, 1, LONGEST),
                stated.number("first_token_ms", DEFAULT.firstTokenMillis, 1, LONGEST),
                stated.number("stall_ms", DEFAULT.stallMillis, 1, LONGEST),
                stated.number("total_ms", DEFAULT.totalMillis, 1, LONGEST));
    }
}
