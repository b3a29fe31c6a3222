package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes everything and is done with it at once. */
class TakingIntake implements Intake {

    final List<String> texts = new CopyOnWriteArrayList<>();
    final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    final List<Integer> ended = new CopyOnWriteArrayList<>();

    @Override
    public PartitionIntake assigned(TopicPartition partition) {
        partitions.add(partition.partition());
        return new Taking(partition.partition());
    }

    /** To be overridden with what may go wrong. */
    void before(ConsumerRecord<byte[], byte[]> record) {}

    boolean wantsMore() {
        return true;
    }

    private final class Taking implements PartitionIntake {

        private final int partition;
        private volatile OptionalLong next = OptionalLong.empty();

        Taking(int partition) {
            this.partition = partition;
        }

        @Override
        public boolean wantsMore() {
            return TakingIntake.this.wantsMore();
        }

        @Override
        public void deliver(ConsumerRecord<byte[], byte[]> record) {
            before(record);
            texts.add(TextRecords.text(record));
            next = OptionalLong.of(record.offset() + 1);
        }

        @Override
        public OptionalLong committable() {
            return next;
        }

        @Override
        public void end() {
            partitions.remove(partition);
            ended.add(partition);
        }

        @Override
        public void awaitIdle(Duration atMost) {}
    }
}
