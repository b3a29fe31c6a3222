package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes the records of a partition for as long as one assignment lasts. Every method is called on
 * the poll thread.
 *
 * <p>Valid traces: {@code (wantsMore | deliver | committable)* end awaitIdle* committable*}.
 * Nothing is delivered after {@code end}.
 */
public interface PartitionIntake {

    /**
     * Whether to go on fetching. When it answers false, nothing is fetched until it answers true;
     * up to {@link GroupSettings#MAX_POLL_RECORDS} records may have been fetched before it was
     * asked and are delivered all the same.
     */
    boolean wantsMore();

    /** The next record; offsets rise, with gaps where the log has none. Must not block. */
    void deliver(ConsumerRecord<byte[], byte[]> record);

    /**
     * The offset to go on from after a restart: everything before it is done. Empty as long as
     * nothing is known.
     */
    OptionalLong committable();

    /**
     * The assignment is over: records that have not been begun are dropped, those in flight go on.
     * Must not block.
     */
    void end();

    /** Waits for what is in flight, at most this long. */
    void awaitIdle(Duration atMost) throws InterruptedException;
}
