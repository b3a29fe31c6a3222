package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer under a reactor-kafka receiver. The receiver runs the loop and schedules the
 * commits; in four places, where it alone would not keep what a stage promises, the consumer asks
 * its {@link Helm} first. docs/adr/0002 says what went wrong without each.
 *
 * <p>Confined to the receiver's event loop, like any consumer.
 */
final class SteeredConsumer extends KafkaConsumer<byte[], byte[]> {

    /**
     * Who decides. Called on the event loop; only {@link #leaving} may block, and for a bounded
     * time.
     */
    interface Helm {

        /**
         * A poll is about to be made: the moment to acknowledge, to pause and to resume.
         *
         * @return how long it may wait for records
         */
        Duration turn(Consumer<byte[], byte[]> consumer);

        /** These partitions are this member's from now on. */
        void assigned(Collection<TopicPartition> partitions);

        /** These are about to go. What is acknowledged before the return can still be committed. */
        void leaving(Collection<TopicPartition> partitions);

        /** These are gone, and nothing can be committed for them any more. */
        void gone(Collection<TopicPartition> partitions);

        /** The consumer has left its group and will not be used again. */
        void closed();
    }

    private final Helm helm;

    SteeredConsumer(Map<String, Object> settings, Helm helm) {
        super(settings);
        this.helm = helm;
    }

    /**
     * Back-pressure is exact: it is decided before every poll, so at most one poll comes too much.
     */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration receivers) {
        var ours = helm.turn(this);
        return super.poll(ours.compareTo(receivers) < 0 ? ours : receivers);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener receiver) {
        super.subscribe(topics, new SteeredRebalance(receiver));
    }

    /**
     * A commit that failed in a rebalance is repeated by the receiver when the partitions may have
     * a new owner, whose later commit it would undo.
     */
    @Override
    public void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        var owned = new HashMap<>(offsets);
        owned.keySet().retainAll(assignment());
        super.commitAsync(owned, callback);
    }

    /** The receiver closes on its own event loop and tells nobody when that is done. */
    @Override
    @SuppressWarnings("deprecation") // this is the one that the receiver calls
    public void close(Duration timeout) {
        try {
            super.close(timeout);
        } finally {
            helm.closed();
        }
    }

    /**
     * The receiver commits first and tells of a revocation afterwards. Here the order is: (1)
     * nothing more is begun and what is in flight may finish, (2) the receiver commits, (3) the
     * partition is forgotten. A crash, or a commit that fails, between 1 and 3 leaves finished
     * records uncommitted; the next owner is given them again and derives the same events.
     */
    private final class SteeredRebalance implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener receiver;

        SteeredRebalance(ConsumerRebalanceListener receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            helm.assigned(partitions);
            receiver.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            helm.leaving(partitions);
            receiver.onPartitionsRevoked(partitions);
            helm.gone(partitions);
        }

        /** The receiver would commit; a member that has lost its place must not. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            helm.gone(partitions);
        }
    }
}
