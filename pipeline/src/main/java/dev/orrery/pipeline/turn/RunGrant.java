package dev.orrery.pipeline.turn;

import java.time.Duration;

/** What the row said to a run that asked for the turn. */
public sealed interface RunGrant {

    /**
     * The turn is this run's, for the length of the lease.
     *
     * @param firstEpoch the first of the 100 epochs that belong to this run alone
     * @param takenOver whether an earlier run may have shown text, so that the reader has to be
     *     told to start over
     */
    record Yours(TurnRow row, long firstEpoch, boolean takenOver) implements RunGrant {}

    /** Another run is alive; ask again when it has ended or its lease has lapsed. */
    record Leased(Duration remaining) implements RunGrant {}

    /** The turn has ended; announce the row. */
    record Finished(TurnRow row) implements RunGrant {}

    /** There is no such turn. */
    record Unknown() implements RunGrant {}
}
