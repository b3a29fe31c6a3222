package dev.orrery.pipeline.reactorkafka;

import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.PartitionIntake;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOffset;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;

/**
 * The life of one receiver: one subscription, immediate scheduler, unbounded demand, so that a
 * record is handed on by the very poll that brought it and can never be taken for one of a later
 * assignment. Back-pressure pauses partitions through {@code doOnConsumer}; offsets are
 * acknowledged in order, as our window says ({@code maxDeferredCommits} 0); a rebalance drains what
 * leaves before the receiver is told of it.
 */
final class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
    private static final Duration REVOKE_DRAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    /** An assignment, with what it was given and has not acknowledged. */
    private static final class Assigned {
        final PartitionIntake intake;
        final ArrayDeque<ReceiverOffset> open = new ArrayDeque<>();
        boolean ended;

        Assigned(PartitionIntake intake) {
            this.intake = intake;
        }

        synchronized void deliver(ReceiverRecord<byte[], byte[]> record) {
            if (!ended) {
                open.add(record.receiverOffset());
                intake.deliver(record);
            }
        }

        /** Every offset of the finished prefix, one by one: the receiver counts them. */
        synchronized void acknowledge() {
            var prefixEnd = intake.committable();
            if (ended || prefixEnd.isEmpty()) {
                return;
            }
            while (!open.isEmpty() && open.element().offset() < prefixEnd.getAsLong()) {
                open.remove().acknowledge();
            }
        }

        synchronized void end() {
            ended = true;
            intake.end();
        }
    }

    private final Intake intake;
    private final KafkaReceiver<byte[], byte[]> receiver;
    private final DrainingConsumers consumers = new DrainingConsumers(this::drain);
    private final Map<TopicPartition, Assigned> assigned = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("tick").factory());
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile @Nullable Throwable failure;
    private @Nullable Disposable reading;

    Reception(Map<String, Object> consumerSettings, String topic, Intake intake) {
        this.intake = intake;
        var options =
                ReceiverOptions.<byte[], byte[]>create(consumerSettings)
                        .subscription(List.of(topic))
                        .addAssignListener(this::onAssigned)
                        .addRevokeListener(this::onRevoked)
                        .schedulerSupplier(Schedulers::immediate)
                        .pollTimeout(TICK)
                        .commitInterval(COMMIT_INTERVAL)
                        .commitBatchSize(0)
                        .maxDeferredCommits(0)
                        .maxDelayRebalance(Duration.ZERO)
                        .closeTimeout(CLOSE_TIMEOUT);
        this.receiver = KafkaReceiver.create(consumers, options);
    }

    void begin() {
        reading =
                receiver.receive()
                        .subscribe(
                                this::onRecord,
                                error -> {
                                    failure = error;
                                    ended.countDown();
                                },
                                ended::countDown);
        ticks.scheduleWithFixedDelay(
                this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    long lastTurnNanos() {
        return lastTurnNanos;
    }

    /**
     * Lets what is in flight finish, commits, leaves the group; waits until the consumer is closed.
     */
    void end(Duration drain) throws InterruptedException {
        stopping = true;
        var leaving = List.copyOf(assigned.values());
        leaving.forEach(each -> each.intake.end());
        long until = System.nanoTime() + drain.toNanos();
        for (Assigned each : leaving) {
            each.intake.awaitIdle(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            each.acknowledge();
        }
        var current = reading;
        if (current != null) {
            current.dispose();
        }
        ticks.shutdownNow();
        if (!consumers.awaitClosed(CLOSE_TIMEOUT.plusSeconds(5))) {
            log.warn("The consumer was not closed in time");
        }
        leaving.forEach(Assigned::end);
    }

    private void onRecord(ReceiverRecord<byte[], byte[]> record) {
        var taker = assigned.get(new TopicPartition(record.topic(), record.partition()));
        if (taker != null && !stopping) {
            taker.deliver(record);
        }
    }

    private void tick() {
        try {
            assigned.values().forEach(Assigned::acknowledge);
            if (!asked.getAndSet(true)) {
                receiver.doOnConsumer(this::pauseAndResume)
                        .doFinally(signal -> asked.set(false))
                        .subscribe(
                                nothing -> {},
                                error -> log.debug("The receiver is not there yet", error));
            }
        } catch (RuntimeException bug) {
            log.error("BUG: tick", bug);
        }
    }

    /** On the receiver's event loop. */
    private Boolean pauseAndResume(Consumer<byte[], byte[]> consumer) {
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        assigned.forEach((partition, taker) -> {
            if (!consumer.assignment().contains(partition)) {
                return;
            }
            boolean more = !stopping && taker.intake.wantsMore();
            if (!more && !paused.contains(partition)) {
                toPause.add(partition);
            } else if (more && paused.contains(partition)) {
                toResume.add(partition);
            }
        });
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
        lastTurnNanos = System.nanoTime();
        return true;
    }

    private void onAssigned(Collection<ReceiverPartition> partitions) {
        partitions.forEach(each ->
                assigned.put(
                        each.topicPartition(),
                        new Assigned(intake.assigned(each.topicPartition()))));
        log.info("Assigned: {}", numbers(partitions));
    }

    /**
     * Before the receiver itself learns of a revocation: on its event loop, inside {@code poll}.
     */
    private void drain(Collection<TopicPartition> partitions) {
        var leaving = partitions.stream().map(assigned::get).filter(Objects::nonNull).toList();
        leaving.forEach(each -> each.intake.end());
        long until = System.nanoTime() + REVOKE_DRAIN.toNanos();
        try {
            for (Assigned each : leaving) {
                each.intake.awaitIdle(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
                each.acknowledge();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void onRevoked(Collection<ReceiverPartition> partitions) {
        for (ReceiverPartition each : partitions) {
            var leaving = assigned.remove(each.topicPartition());
            if (leaving != null) {
                leaving.end();
            }
        }
        log.info("Revoked: {}", numbers(partitions));
    }

    private static List<Integer> numbers(Collection<ReceiverPartition> partitions) {
        return partitions.stream().map(each -> each.topicPartition().partition()).sorted().toList();
    }
}
