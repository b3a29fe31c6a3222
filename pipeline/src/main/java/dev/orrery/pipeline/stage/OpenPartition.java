package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.PartitionIntake;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

/**
 * One assignment of a partition, seen from the stage: the window of its offsets, and whether it
 * still lasts. The object is the epoch: work of an earlier assignment holds the earlier object and
 * finds it ended when its lane would begin it.
 *
 * <p>Thread safety: fed by the poll thread, while lanes begin and finish records on theirs. The
 * monitor is held for a few instructions at a time.
 */
final class OpenPartition implements PartitionIntake {

    private final Lanes lanes;
    private final int maxWaiting;
    private final Function<ConsumerRecord<byte[], byte[]>, Mono<Void>> handler;
    private final OffsetWindow window;
    private boolean ended;
    private int inFlight;

    /**
     * @param handler deals with a record for good; its result does not fail
     */
    OpenPartition(
            Lanes lanes,
            int maxWaiting,
            int window,
            Function<ConsumerRecord<byte[], byte[]>, Mono<Void>> handler) {
        this.lanes = lanes;
        this.maxWaiting = maxWaiting;
        this.window = new OffsetWindow(window);
        this.handler = handler;
    }

    @Override
    public synchronized boolean wantsMore() {
        return window.room() >= GroupSettings.MAX_POLL_RECORDS && lanes.hasRoom(maxWaiting);
    }

    @Override
    public void deliver(ConsumerRecord<byte[], byte[]> record) {
        synchronized (this) {
            window.received(record.offset());
        }
        lanes.submit(laneOf(record), () -> beginUnlessEnded(record));
    }

    /** A record without a key has no order to keep, so it has a lane of its own. */
    private static Object laneOf(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return key == null ? new Object() : ByteBuffer.wrap(key);
    }

    private Mono<Void> beginUnlessEnded(ConsumerRecord<byte[], byte[]> record) {
        synchronized (this) {
            if (ended) {
                return Mono.empty(); // its next owner begins it
            }
            inFlight++;
        }
        return handler.apply(record)
                .doOnSuccess(nothing -> done(record.offset()))
                // Also when cancelled or failed: then the offset stays open, and the record comes
                // again.
                .doFinally(signal -> left());
    }

    private synchronized void done(long offset) {
        window.done(offset);
    }

    private synchronized void left() {
        inFlight--;
        if (inFlight == 0) {
            notifyAll();
        }
    }

    @Override
    public synchronized OptionalLong committable() {
        return window.prefixEnd();
    }

    @Override
    public synchronized void end() {
        ended = true;
    }

    @Override
    public synchronized void awaitIdle(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); inFlight > 0 && left > 0; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }
}
