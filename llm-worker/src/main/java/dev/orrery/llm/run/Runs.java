package dev.orrery.llm.run;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.chain.Chain;
import dev.orrery.llm.deltas.ReplyWriters;
import dev.orrery.llm.leases.LeaseRenewal;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.llm.safety.Safety;
import dev.orrery.llm.time.Ticker;
import dev.orrery.llm.tools.Dialogue;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.turn.RunGrant;
import java.time.Clock;
import java.util.UUID;

/**
 * Opens runs. Thread safety: may be called on any thread.
 *
 * @param chain asks the models
 * @param safety stands around it
 * @param live takes every open run, so that its lease is renewed and it can be stopped
 * @param clock tells how much of a turn's time is left
 */
public record Runs(
        Chain chain,
        Safety safety,
        Dialogue dialogue,
        ReplyWriters writers,
        LiveRuns live,
        LeaseRenewal renewal,
        Endings endings,
        Clock clock,
        Ticker ticker) {

    /** A run that holds its turn from now on, to be closed by whoever opened it. */
    public Run open(UUID run, RunGrant.Yours grant, Event<PromptRendered> prompt) {
        return new Run(this, run, grant, prompt);
    }
}
