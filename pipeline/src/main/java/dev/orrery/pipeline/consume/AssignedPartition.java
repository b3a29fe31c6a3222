package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.kafka.receiver.ReceiverOffset;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * One assignment of a partition, between the receiver and its {@link PartitionIntake}: hands
 * records on, and acknowledges the finished prefix to the receiver.
 *
 * <p>States: open (takes and acknowledges), ended (acknowledges), gone (neither). Safe on any
 * thread: a stop may end it while the event loop delivers.
 */
final class AssignedPartition {

    private final PartitionIntake intake;

    /** In the order of the log; as many as the intake has open, which its window bounds. */
    private final Queue<ReceiverOffset> unacknowledged = new ArrayDeque<>();

    private boolean ended;
    private boolean gone;

    AssignedPartition(PartitionIntake intake) {
        this.intake = intake;
    }

    boolean wantsMore() {
        return intake.wantsMore();
    }

    synchronized void deliver(ReceiverRecord<byte[], byte[]> record) {
        if (!ended) {
            unacknowledged.add(record.receiverOffset());
            intake.deliver(record);
        }
    }

    /**
     * One acknowledgement covers everything before it: the receiver is used without deferred ones.
     */
    synchronized void acknowledge() {
        var prefixEnd = intake.committable();
        if (gone || prefixEnd.isEmpty()) {
            return;
        }
        @Nullable ReceiverOffset last = null;
        for (var next = unacknowledged.peek();
                next != null && next.offset() < prefixEnd.getAsLong();
                next = unacknowledged.peek()) {
            last = unacknowledged.remove();
        }
        if (last != null) {
            last.acknowledge();
        }
    }

    synchronized void end() {
        if (!ended) {
            ended = true;
            intake.end();
        }
    }

    /** Blocks; not under the lock, which the event loop may want meanwhile. */
    void awaitIdle(Duration atMost) throws InterruptedException {
        intake.awaitIdle(atMost);
    }

    synchronized void forget() {
        end();
        gone = true;
    }
}
