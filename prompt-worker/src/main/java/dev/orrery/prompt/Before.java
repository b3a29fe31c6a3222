package dev.orrery.prompt;

import dev.orrery.pipeline.prompt.variables.Beginning;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.prompt.summaries.Recalled;
import java.util.List;
import java.util.Optional;

/**
 * What was said before a turn: its newest turns as they were said, and what stands for the others.
 */
record Before(List<Exchange> history, Beginning beginning) {

    /** A summary covers the greeting, too, and no turn stands both in it and in the history. */
    static Before of(List<Exchange> history, String greeting, Optional<Recalled> recalled) {
        return recalled.map(each ->
                        new Before(each.notCovered(history), Beginning.summarised(each.summary())))
                .orElseGet(() -> new Before(history, Beginning.greeted(greeting)));
    }
}
