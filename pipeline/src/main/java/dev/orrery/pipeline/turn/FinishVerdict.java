package dev.orrery.pipeline.turn;

/** What the row said to a {@link Finish}. */
public sealed interface FinishVerdict {

    /** The turn has ended as the row says, by this call or an earlier one; announce the row. */
    record Ended(TurnRow row, boolean byThisCall) implements FinishVerdict {}

    /** The turn is open, but another run holds it: say nothing. */
    record Superseded() implements FinishVerdict {}

    /** There is no such turn. */
    record Unknown() implements FinishVerdict {}
}
