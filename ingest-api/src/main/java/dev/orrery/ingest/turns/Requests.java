package dev.orrery.ingest.turns;

import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.telemetry.Spans;
import dev.orrery.pipeline.turn.TurnEvents;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.Turns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Brings accepted turns to {@code chat.requests}. The row is the outbox: what does not arrive here
 * is published by the sweeper, with the same ids. May be called on any thread; never blocks.
 */
@Component
public final class Requests {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    private final Publisher publisher;
    private final Turns turns;
    private final Spans spans;

    Requests(Publisher publisher, Turns turns, Spans spans) {
        this.publisher = publisher;
        this.turns = turns;
        this.spans = spans;
    }

    /**
     * Sends the turn on its way and returns at once. The message is safe already, so nobody waits
     * for the broker.
     */
    public void send(TurnRow accepted, @Nullable TraceParent trace) {
        publish(accepted, trace)
                .subscribe(
                        done -> {},
                        failure ->
                                log.warn(
                                        "The sweeper will publish this request: turn={} cause={}",
                                        accepted.turnId(),
                                        failure.toString()));
    }

    /**
     * Publishes the turn's request; completes when the broker has it. The mark in the row is not
     * waited for. The turn's span is opened here; published again without its client's trace, the
     * turn goes on in the trace that is derived from its id.
     */
    public Mono<Void> publish(TurnRow accepted, @Nullable TraceParent trace) {
        return Mono.defer(() -> {
            var span = spans.turn(TurnEvents.ref(accepted), trace);
            var root = TraceParent.rootOf(accepted.turnId().toString());
            var place = Spans.placeOf(span, trace == null ? root : trace);
            return publisher
                    .publish(TurnEvents.requested(accepted, place))
                    .doFinally(signal -> span.end())
                    .doOnSuccess(done -> mark(accepted));
        });
    }

    private void mark(TurnRow accepted) {
        turns.requestPublished(accepted.turnId())
                .subscribe(
                        done -> {},
                        failure ->
                                log.debug(
                                        "The request may be published twice: turn={}",
                                        accepted.turnId(),
                                        failure));
    }
}
