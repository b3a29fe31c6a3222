package dev.orrery.pipeline.stage;

import dev.orrery.topics.Topic;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * The definition of a stage: what it reads, what it may write, what it does. A bean of this type is
 * all an app declares; the pipeline runs it.
 *
 * <pre>{@code
 * Stage.named("enrichment").reading(Topics.CHAT_REQUESTS).writing(Topics.CHAT_CONTEXTS).handledBy(flow::handle)
 * }</pre>
 *
 * @param name lower-case; also the consumer group, the worker's name in {@code ops.tuning} and the
 *     tag of its metrics
 * @param input the topic it reads
 * @param outputs the topics its handler may emit to; anything else is a defect and fails the record
 * @param handler what it does
 * @param atOnce records handled at once, until {@code ops.tuning} says otherwise; empty for what
 *     the app has for all its stages
 */
public record Stage<I extends SpecificRecord>(
        String name,
        Topic<I> input,
        Set<Topic<?>> outputs,
        StageHandler<I> handler,
        OptionalInt atOnce) {

    public Stage {
        if (!name.matches("[a-z]+")) {
            throw new IllegalArgumentException("name: " + name + " (expected: lower-case letters)");
        }
        outputs = Set.copyOf(outputs);
    }

    /** Name of the consumer group. */
    public String group() {
        return name;
    }

    /** The same with a concurrency of its own, 1 to 10,000. */
    public Stage<I> atOnce(int records) {
        return new Stage<>(name, input, outputs, handler, OptionalInt.of(records));
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
        public Writing<I> writing(Topic<?>... outputs) {
            return new Writing<>(name, input, Set.of(outputs));
        }
    }

    public record Writing<I extends SpecificRecord>(
            String name, Topic<I> input, Set<Topic<?>> outputs) {
        public Stage<I> handledBy(StageHandler<I> handler) {
            return new Stage<>(name, input, outputs, handler, OptionalInt.empty());
        }
    }
}
