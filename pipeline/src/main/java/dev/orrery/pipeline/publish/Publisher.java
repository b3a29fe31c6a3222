package dev.orrery.pipeline.publish;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.TraceParent;
import reactor.core.publisher.Mono;

/**
 * Writes events to their topics.
 *
 * <p>Thread safety: may be called on any thread, event loops included; it never blocks. Events of
 * one caller are written in the order in which their results are subscribed to, without waiting for
 * earlier acknowledgements. {@code source} and {@code time} of the written event are set here, and
 * its place in a trace where it has none: that under {@code TraceParent.class} in the Reactor
 * context, else {@link TraceParent#rootOf the root} of what the event is about.
 */
public interface Publisher {

    /**
     * Writes one event. Completes when the broker has acknowledged it ({@code acks=all}); fails
     * with {@link PublishFailed} when it could not be written in time, when the bounded queue in
     * front of the producer is full, or when the event itself is refused. A failed event may still
     * have been written: consumers dedupe by its id.
     */
    Mono<Void> publish(Event<?> event);
}
