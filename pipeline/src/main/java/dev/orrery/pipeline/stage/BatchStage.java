package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.event.Event;
import dev.orrery.topics.Topic;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/**
 * The definition of a stage that handles whole polls: what it reads and what it does. A bean of
 * this type is all an app declares; the pipeline runs it.
 *
 * <pre>{@code
 * BatchStage.named("billing").reading(Topics.CHAT_OUTCOMES).handledBy(ledger::book)
 * }</pre>
 *
 * <p>The function gets the events of one poll, at least one, in the order of their partitions. It
 * may be given any of them again, alone or in other company, so its effect is idempotent. It raises
 * {@link StageFailure.Transient} for an outage: the same events come again after a pause. Any other
 * failure is taken for a fault of the data: the events are halved until the faulty one stands
 * alone, and that one goes to the dead letters.
 *
 * @param name lower-case; also the consumer group and the tag of its metrics
 * @param input the topic it reads
 * @param handler what it does
 */
public record BatchStage<I extends SpecificRecord>(
        String name, Topic<I> input, Function<List<Event<I>>, Mono<Void>> handler) {

    public BatchStage {
        if (!name.matches("[a-z]+")) {
            throw new IllegalArgumentException("name: " + name + " (expected: lower-case letters)");
        }
    }

    /** Name of the consumer group. */
    public String group() {
        return name;
    }

    /** Begins a definition. */
    public static Named named(String name) {
        return new Named(name);
    }

    public record Named(String name) {
        public <I extends SpecificRecord> Reading<I> reading(Topic<I> input) {
            return new Reading<>(name, input);
        }
    }

    public record Reading<I extends SpecificRecord>(String name, Topic<I> input) {
        public BatchStage<I> handledBy(Function<List<Event<I>>, Mono<Void>> handler) {
            return new BatchStage<>(name, input, handler);
        }
    }
}
