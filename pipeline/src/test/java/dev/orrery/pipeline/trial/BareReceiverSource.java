package dev.orrery.pipeline.trial;

import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.PartitionIntake;
import dev.orrery.pipeline.consume.RecordSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOffset;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * What docs/adr/0002 compares with: reactor-kafka by its public interface alone. One receiver, the
 * immediate scheduler, unbounded demand; offsets acknowledged in order; partitions paused through
 * {@code doOnConsumer}; a rebalance waits for the pipeline as {@code maxDelayRebalance} says. It
 * replaces no receiver that fails.
 */
final class BareReceiverSource implements RecordSource {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration REBALANCE_DELAY = Duration.ofSeconds(1);

    private record Assigned(PartitionIntake intake, Queue<ReceiverOffset> open) {

        synchronized void deliver(ReceiverRecord<byte[], byte[]> record) {
            open.add(record.receiverOffset());
            intake.deliver(record);
        }

        /** One by one, because the receiver counts what is in its pipeline. */
        synchronized void acknowledge() {
            long prefixEnd = intake.committable().orElse(0);
            while (!open.isEmpty() && open.element().offset() < prefixEnd) {
                open.remove().acknowledge();
            }
        }
    }

    private final KafkaReceiver<byte[], byte[]> receiver;
    private final Map<TopicPartition, Assigned> assigned = new ConcurrentHashMap<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("ticks").factory());
    private volatile boolean stopping;
    private @Nullable Intake intake;
    private @Nullable Disposable reading;

    BareReceiverSource(GroupSettings settings, String group, String topic, MeterRegistry meters) {
        receiver =
                KafkaReceiver.create(
                        ReceiverOptions.<byte[], byte[]>create(settings.consumerSettings(group))
                                .subscription(List.of(topic))
                                .addAssignListener(this::onAssigned)
                                .addRevokeListener(this::onRevoked)
                                .schedulerSupplier(Schedulers::immediate)
                                .pollTimeout(TICK)
                                .commitInterval(Duration.ofMillis(100))
                                .commitBatchSize(0)
                                .maxDeferredCommits(0)
                                .maxDelayRebalance(REBALANCE_DELAY));
    }

    @Override
    public void start(Intake started) {
        intake = started;
        reading = receiver.receive().subscribe(this::onRecord);
        ticks.scheduleWithFixedDelay(
                this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop(Duration drain) {
        stopping = true;
        var leaving = List.copyOf(assigned.values());
        leaving.forEach(each -> each.intake().end());
        try {
            for (Assigned each : leaving) {
                each.intake().awaitIdle(drain);
                each.acknowledge();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Objects.requireNonNull(reading).dispose(); // goes on closing after this
        ticks.shutdownNow();
    }

    @Override
    public boolean isAlive() {
        return reading != null && !reading.isDisposed();
    }

    private void onRecord(ReceiverRecord<byte[], byte[]> record) {
        var taker = assigned.get(new TopicPartition(record.topic(), record.partition()));
        if (taker != null && !stopping) {
            taker.deliver(record);
        }
    }

    private void tick() {
        assigned.values().forEach(Assigned::acknowledge);
        if (!asked.getAndSet(true)) {
            receiver.doOnConsumer(this::pauseAndResume)
                    .doFinally(signal -> asked.set(false))
                    .subscribe(nothing -> {}, notThereYet -> {});
        }
    }

    private Boolean pauseAndResume(Consumer<byte[], byte[]> consumer) {
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        assigned.forEach((partition, taker) -> {
            if (consumer.assignment().contains(partition)) {
                boolean more = !stopping && taker.intake().wantsMore();
                if (more == paused.contains(partition)) {
                    (more ? toResume : toPause).add(partition);
                }
            }
        });
        consumer.pause(toPause);
        consumer.resume(toResume);
        return true;
    }

    private void onAssigned(Collection<ReceiverPartition> partitions) {
        var started = Objects.requireNonNull(intake);
        for (ReceiverPartition each : partitions) {
            var partition = each.topicPartition();
            assigned.put(partition, new Assigned(started.assigned(partition), new ArrayDeque<>()));
        }
    }

    private void onRevoked(Collection<ReceiverPartition> partitions) {
        for (ReceiverPartition each : partitions) {
            var leaving = assigned.remove(each.topicPartition());
            if (leaving != null) {
                leaving.intake().end();
            }
        }
    }
}
