package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.publish.Publisher;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Publishes the events of a trial through a plain producer, whose send is kept off the lanes'
 * threads.
 */
final class BrokerPublisher implements Publisher {

    private final Producer<byte[], byte[]> producer;
    private final Scheduler sending;

    BrokerPublisher(Producer<byte[], byte[]> producer, Scheduler sending) {
        this.producer = producer;
        this.sending = sending;
    }

    @Override
    public Mono<Void> publish(Event<?> event) {
        return Mono.fromFuture(() -> send(event)).subscribeOn(sending);
    }

    private CompletableFuture<Void> send(Event<?> event) {
        var acknowledged = new CompletableFuture<Void>();
        var record =
                new ProducerRecord<>(
                        event.topic().name(),
                        TrialEvents.bytes(event.key()),
                        TrialEvents.encode(TrialEvents.sequenceOf(event)));
        producer.send(
                record,
                (written, failure) -> {
                    if (failure == null) {
                        acknowledged.complete(null);
                    } else {
                        acknowledged.completeExceptionally(
                                new PublishFailed("not acknowledged", failure));
                    }
                });
        return acknowledged;
    }
}
