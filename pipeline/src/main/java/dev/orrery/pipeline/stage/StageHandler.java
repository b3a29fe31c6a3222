package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.event.Event;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Flux;

/**
 * What a stage does: one event in, the events it brings about out.
 *
 * <p>Called on a lane thread, and for a retry on one of Reactor's timer threads; one record at a
 * time per key; must not block. May be called again for the same event after a crash or a
 * rebalance, so it either has no effect of its own or an idempotent one. A failure it raises as
 * {@link StageFailure} is handled as its kind says; anything else is taken for a defect and
 * dead-lettered.
 */
@FunctionalInterface
public interface StageHandler<I extends SpecificRecord> {

    Flux<Event<?>> handle(Event<I> cause);
}
