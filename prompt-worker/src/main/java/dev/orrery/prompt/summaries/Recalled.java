package dev.orrery.prompt.summaries;

import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import java.util.List;

/**
 * A summary, as a turn meets it.
 *
 * @param turnsSince how many completed turns lie between the last one it covers and the turn
 */
public record Recalled(Summary summary, int turnsSince) {

    /** What of a history it does not cover; so nothing stands in a prompt twice. */
    public List<Exchange> notCovered(List<Exchange> history) {
        return history.subList(Math.max(0, history.size() - turnsSince), history.size());
    }
}
