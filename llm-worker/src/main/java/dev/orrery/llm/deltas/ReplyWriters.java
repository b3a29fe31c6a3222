package dev.orrery.llm.deltas;

import dev.orrery.events.TurnRef;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.Publisher;
import java.util.function.IntSupplier;

/** Opens writers. Thread safety: may be called on any thread. */
public final class ReplyWriters {

    private final Publisher publisher;
    private final Pace pace;
    private final IntSupplier runsInFlight;
    private final Ticker ticker;

    /**
     * @param runsInFlight the load of this process, see {@link Pace}; asked often, must be cheap
     */
    public ReplyWriters(Publisher publisher, Pace pace, IntSupplier runsInFlight, Ticker ticker) {
        this.publisher = publisher;
        this.pace = pace;
        this.runsInFlight = runsInFlight;
        this.ticker = ticker;
    }

    /**
     * A writer for one run, to be closed by whoever opened it.
     *
     * @param cause the event that the reply's events are derived from
     * @param firstEpoch the first epoch that belongs to the run
     */
    public ReplyWriter open(Event<?> cause, TurnRef turn, long firstEpoch) {
        return new ReplyWriter(cause, turn, firstEpoch, publisher, pace, runsInFlight, ticker);
    }
}
