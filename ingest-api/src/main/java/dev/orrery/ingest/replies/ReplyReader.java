package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * One connection's end of a tail: a bounded queue between the thread that reads the topic and the
 * one that writes to the client. A client that falls too far behind fails with {@link SlowReader}
 * at once, without waiting for it to take what is queued; nobody else notices. The queue takes
 * memory for what it holds and not for what it may hold: most readers are never behind.
 */
final class ReplyReader {

    private static final int HANDED_OVER_AT_ONCE = 32;
    private static final int QUEUE_GROWS_BY = 16;

    private final Sinks.Many<ReplyEvent> queue =
            Sinks.many()
                    .unicast()
                    .onBackpressureBuffer(Queues.<ReplyEvent>unbounded(QUEUE_GROWS_BY).get());
    private final Sinks.Empty<ReplyEvent> tooSlow = Sinks.empty();
    private final AtomicInteger queued = new AtomicInteger();
    private final int mostQueued;

    /**
     * @param earlier what was heard of the reply before this reader came
     * @param buffer events that may be queued on top of that
     */
    ReplyReader(List<ReplyEvent> earlier, int buffer) {
        this.mostQueued = earlier.size() + buffer;
        earlier.forEach(this::hear);
    }

    /** Called by the tail, one call at a time; returns at once. */
    void hear(ReplyEvent event) {
        if (queued.get() >= mostQueued) {
            tooSlow.tryEmitError(new SlowReader());
            return;
        }
        queued.incrementAndGet();
        switch (queue.tryEmitNext(event)) {
            case OK, FAIL_CANCELLED, FAIL_TERMINATED, FAIL_ZERO_SUBSCRIBER -> {}
            case FAIL_OVERFLOW -> throw new IllegalStateException("BUG: the queue has no bound");
            case FAIL_NON_SERIALIZED ->
                    throw new IllegalStateException("BUG: two threads spoke to one reader");
        }
    }

    /** What is heard, on a worker thread; may be subscribed to once. */
    Flux<ReplyEvent> events() {
        return queue.asFlux()
                .doOnNext(taken -> queued.decrementAndGet())
                .takeUntilOther(tooSlow.asMono())
                .publishOn(Schedulers.parallel(), false, HANDED_OVER_AT_ONCE);
    }

    /** The client did not take what it was sent. It may come back and resume. */
    static final class SlowReader extends RuntimeException {
        SlowReader() {
            super("the client is too slow", null, false, false);
        }
    }
}
