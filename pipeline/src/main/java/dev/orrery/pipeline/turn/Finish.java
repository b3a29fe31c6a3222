package dev.orrery.pipeline.turn;

import dev.orrery.turns.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A wish to end a turn. The row decides; the first wish wins. */
public sealed interface Finish {

    /**
     * A run has an answer.
     *
     * @param run the run that produced it; refused when another run holds the turn by now
     * @param waived whether it is not to be paid for
     * @param epoch the epoch the answer was streamed in
     * @param openedByRestart whether that epoch began with a {@code restarted} event
     * @param chunkEnds where each delta ended, in UTF-16 units of the text; the last one is its
     *     length
     */
    record Completed(
            UUID run,
            TurnRow.StoredReply reply,
            TurnRow.Trail trail,
            boolean waived,
            Instant firstTokenAt,
            long epoch,
            boolean openedByRestart,
            List<Integer> chunkEnds)
            implements Finish {}

    /**
     * A run has found that there will be no answer.
     *
     * @param epoch the epoch of its last delta; the terminal event follows the deltas of that epoch
     */
    record RunFailed(
            UUID run,
            FailureCode code,
            TurnRow.Trail trail,
            long epoch,
            boolean openedByRestart,
            int deltas)
            implements Finish {}

    /** Somebody who is no run gives the turn up: a stage that failed for good. */
    record GivenUp(FailureCode code) implements Finish {}

    /** The user stopped the turn. */
    record Cancelled() implements Finish {}
}
