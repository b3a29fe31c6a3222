package dev.orrery.turns;

/**
 * Place of an event in a reply, and the {@code id} a reader sees: epoch × 1,000,000 + sequence.
 * Positions of one turn are totally ordered; readers drop everything that is not higher than what
 * they have seen.
 *
 * @param epoch visible start of the reply, 0 to 9,000,000,000; 0 holds what comes before any text
 * @param sequence place within the epoch, 0 to 999,999
 */
public record ReplyPosition(long epoch, int sequence) implements Comparable<ReplyPosition> {

    private static final long SEQUENCES_PER_EPOCH = 1_000_000;

    /** Keeps every id exact in clients whose numbers are doubles. */
    private static final long HIGHEST_EPOCH = 9_000_000_000L;

    /** Position of the event that says the message was accepted; its id is 0. */
    public static final ReplyPosition ACCEPTED = new ReplyPosition(0, 0);

    public ReplyPosition {
        if (epoch < 0 || epoch > HIGHEST_EPOCH) {
            throw new IllegalArgumentException(
                    "epoch: " + epoch + " (expected: 0 to " + HIGHEST_EPOCH + ")");
        }
        if (sequence < 0 || sequence >= SEQUENCES_PER_EPOCH) {
            throw new IllegalArgumentException(
                    "sequence: " + sequence + " (expected: 0 to 999999)");
        }
    }

    public static ReplyPosition ofId(long id) {
        return new ReplyPosition(id / SEQUENCES_PER_EPOCH, (int) (id % SEQUENCES_PER_EPOCH));
    }

    public long id() {
        return epoch * SEQUENCES_PER_EPOCH + sequence;
    }

    public ReplyPosition next() {
        return new ReplyPosition(epoch, sequence + 1);
    }

    @Override
    public int compareTo(ReplyPosition other) {
        return Long.compare(id(), other.id());
    }
}
