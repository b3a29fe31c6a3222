package dev.orrery.pipeline.consume;

import dev.orrery.topics.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads one partition without a consumer group: every reader sees everything, nothing is ever
 * committed.
 *
 * <p>Thread safety: may be called on any thread; none of the methods blocks. Each subscription has
 * a consumer of its own, which is closed when the subscription is cancelled.
 */
public interface TopicTail {

    /**
     * The records of a partition in order, without end. Emitted on the consumer's own thread, or on
     * that of a request which finds some waiting; a subscriber that does not ask for more pauses
     * the consumer. A lost broker shows as silence, and reading goes on at the same offset when it
     * is back. Records that can never be decoded are passed over, and counted.
     *
     * @param from the first offset wanted; the oldest kept one when it is gone already; null begins
     *     at the end, which is settled some time after the subscription: who must not miss anything
     *     asks for {@link #endOffset} first
     */
    <T extends SpecificRecord> Flux<Tailed<T>> tail(
            Topic<T> topic, int partition, @Nullable Long from);

    /**
     * The offset that the next record written to this partition will get. Fails when the broker is
     * away.
     */
    Mono<Long> endOffset(Topic<?> topic, int partition);
}
