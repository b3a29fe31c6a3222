package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.topics.Topic;
import dev.orrery.turns.FailureCode;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes what a handler emits: in the order of emission, without waiting for one acknowledgement
 * before the next send. Completes when the handler has completed and every event is acknowledged.
 * The innermost of what stands around a handler, so that a failed publication is retried like a
 * failed handler.
 */
final class Emitting<I extends SpecificRecord> implements StageHandler<I> {

    /**
     * Events of one input that may be on their way at once; beyond it the handler is not asked for
     * more.
     */
    private static final int MAX_UNACKNOWLEDGED = 256;

    private final StageHandler<I> handler;
    private final Set<Topic<?>> outputs;
    private final Publisher publisher;

    Emitting(Stage<I> stage, Publisher publisher) {
        this.handler = stage.handler();
        this.outputs = stage.outputs();
        this.publisher = publisher;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        return Flux.defer(() -> handler.handle(cause)).flatMap(this::publish, MAX_UNACKNOWLEDGED);
    }

    private Mono<Event<?>> publish(Event<?> event) {
        if (!outputs.contains(event.topic())) {
            var declared =
                    outputs.stream().map(Topic::name).sorted().collect(Collectors.joining(", "));
            return Mono.error(
                    new StageFailure.Permanent(
                            FailureCode.INTERNAL,
                            "BUG: emitted to "
                                    + event.topic().name()
                                    + " (expected: "
                                    + declared
                                    + ")",
                            null));
        }
        return publisher.publish(event).thenReturn(event);
    }
}
