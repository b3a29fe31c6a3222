package dev.orrery.pipeline.reactorkafka;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * Gives the receiver a consumer that tells of a revocation before the receiver commits for it, and
 * of its own end; the receiver tells of the one afterwards and of the other never.
 */
final class DrainingConsumers extends ConsumerFactory {

    private final Consumer<Collection<TopicPartition>> drain;
    private final CountDownLatch closed = new CountDownLatch(1);

    DrainingConsumers(Consumer<Collection<TopicPartition>> drain) {
        this.drain = drain;
    }

    boolean awaitClosed(Duration atMost) throws InterruptedException {
        return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public <K, V> org.apache.kafka.clients.consumer.Consumer<K, V> createConsumer(
            ReceiverOptions<K, V> options) {
        return new KafkaConsumer<>(options.consumerProperties()) {
            @Override
            public void subscribe(Collection<String> topics, ConsumerRebalanceListener receiver) {
                super.subscribe(topics, new Draining(receiver));
            }

            @Override
            @SuppressWarnings("deprecation") // what the receiver calls
            public void close(Duration timeout) {
                try {
                    super.close(timeout);
                } finally {
                    closed.countDown();
                }
            }
        };
    }

    private final class Draining implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener receiver;

        Draining(ConsumerRebalanceListener receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            receiver.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            drain.accept(partitions);
            receiver.onPartitionsRevoked(partitions);
        }
    }
}
