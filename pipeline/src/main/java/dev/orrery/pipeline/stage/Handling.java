package dev.orrery.pipeline.stage;

import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One input on its way through the policies: where it came from, and what has become of it. Made
 * once a record and used by one signal at a time, though on changing threads.
 */
public final class Handling {

    /** What became of an input; also the value of the metrics' tag. */
    public enum Outcome {
        /** The handler did its work. */
        HANDLED,
        /** The deadline passed; the turn was given up. */
        EXPIRED,
        /** It can never be handled; it stands in the dead letters. */
        DEAD_LETTERED,
        /** Its bytes are no event; it stands in the dead letters. */
        UNDECODABLE;

        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String stage;
    private final String group;
    private final ConsumerRecord<byte[], byte[]> original;
    private volatile int attempts;
    private volatile Outcome outcome = Outcome.HANDLED;

    public Handling(String stage, String group, ConsumerRecord<byte[], byte[]> original) {
        this.stage = stage;
        this.group = group;
        this.original = original;
    }

    /** Name of the stage. */
    public String stage() {
        return stage;
    }

    /** Name of the consumer group. */
    public String group() {
        return group;
    }

    /** The record as it was read. */
    public ConsumerRecord<byte[], byte[]> original() {
        return original;
    }

    /** Another attempt begins. */
    @SuppressWarnings(
            "NonAtomicVolatileUpdate") // one signal at a time; volatile is for the next thread
    public void attempt() {
        attempts++;
    }

    /** Attempts begun. */
    public int attempts() {
        return attempts;
    }

    /** Says what became of the input, instead of {@link Outcome#HANDLED}. */
    public void endsAs(Outcome decided) {
        outcome = decided;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Where the record stands: topic-partition@offset. */
    public String place() {
        return original.topic() + "-" + original.partition() + "@" + original.offset();
    }
}
