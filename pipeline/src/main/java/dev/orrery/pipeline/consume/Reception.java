package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.kafka.receiver.internals.ConsumerFactory;

/**
 * The life of one receiver, from subscription to close.
 *
 * <p>The subscription has unbounded demand and the immediate scheduler, so a record is handed on by
 * the very poll that brought it, and never waits in a queue in which it would outlive its
 * assignment. Back-pressure pauses single partitions instead.
 *
 * <p>Threads: the receiver's event loop calls the helm and delivers; {@link #begin}, {@link #end}
 * and the questions belong to the keeper of {@link KafkaRecordSource}.
 */
final class Reception implements SteeredConsumer.Helm {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    private static final Duration LONG_POLL = Duration.ofMillis(100);

    /** While a partition is paused: nothing wakes the loop up when it may be resumed. */
    private static final Duration SHORT_POLL = Duration.ofMillis(10);

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** What a rebalance waits for records in flight; the other members stand still meanwhile. */
    private static final Duration REVOKE_DRAIN = Duration.ofSeconds(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final String topic;
    private final Intake intake;
    private final KafkaReceiver<byte[], byte[]> receiver;
    private final Map<TopicPartition, AssignedPartition> assigned = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile @Nullable Thread eventLoop;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private @Nullable Disposable subscription;

    /**
     * @param settings of the consumer, see {@link GroupSettings#consumerSettings}
     */
    Reception(Map<String, Object> settings, String topic, Intake intake) {
        this.topic = topic;
        this.intake = intake;
        var options =
                ReceiverOptions.<byte[], byte[]>create(settings)
                        .subscription(List.of(topic))
                        .schedulerSupplier(Schedulers::immediate)
                        .pollTimeout(LONG_POLL)
                        .commitInterval(COMMIT_INTERVAL)
                        .commitBatchSize(0)
                        .maxDeferredCommits(0) // our window acknowledges in order
                        .maxDelayRebalance(Duration.ZERO) // the helm has drained before
                        .closeTimeout(CLOSE_TIMEOUT);
        this.receiver = KafkaReceiver.create(new Consumers(settings), options);
    }

    /** Joins the group; returns at once. */
    void begin() {
        subscription = receiver.receive().subscribe(this::deliver, this::failed);
    }

    /** Why it has ended by itself; null as long as it has not. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** When the event loop last came round, on the scale of {@link System#nanoTime}. */
    long lastTurnNanos() {
        return lastTurnNanos;
    }

    /**
     * Nothing more is begun; what is in flight has this time to finish; what is finished is
     * committed; the group is left. Blocks until then.
     */
    void end(Duration drain) throws InterruptedException {
        ended = true;
        drain(List.copyOf(assigned.values()), drain);
        if (subscription != null) {
            subscription.dispose();
        }
        if (!closed.await(CLOSE_TIMEOUT.plus(REVOKE_DRAIN).toMillis(), TimeUnit.MILLISECONDS)) {
            log.warn("Reader does not close and is interrupted: topic={}", topic);
            interrupt();
        }
        gone(List.copyOf(assigned.keySet()));
    }

    /** Makes a loop that stands still fail. */
    void interrupt() {
        var stuck = eventLoop;
        if (stuck != null) {
            stuck.interrupt();
        }
    }

    private void deliver(ReceiverRecord<byte[], byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        var taker = assigned.get(partition);
        if (taker == null) {
            throw new IllegalStateException(
                    "BUG: not assigned: " + partition + " (expected: " + assigned.keySet() + ")");
        }
        taker.deliver(record);
    }

    /** The receiver has closed its consumer by now, if it ever had one. */
    private void failed(Throwable reason) {
        failure = reason;
        closed.countDown();
    }

    @Override
    public Duration turn(Consumer<byte[], byte[]> consumer) {
        eventLoop = Thread.currentThread();
        assigned.values().forEach(AssignedPartition::acknowledge);
        boolean paused = pauseAndResume(consumer);
        lastTurnNanos = System.nanoTime();
        return paused ? SHORT_POLL : LONG_POLL;
    }

    private boolean pauseAndResume(Consumer<byte[], byte[]> consumer) {
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        assigned.forEach((partition, taker) -> {
            boolean more = !ended && taker.wantsMore();
            if (!more && !paused.contains(partition)) {
                toPause.add(partition);
            } else if (more && paused.contains(partition)) {
                toResume.add(partition);
            }
        });
        consumer.pause(toPause);
        consumer.resume(toResume);
        return paused.size() + toPause.size() > toResume.size();
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            assigned.put(partition, new AssignedPartition(intake.assigned(partition)));
        }
        report("Assigned", partitions);
    }

    @Override
    public void leaving(Collection<TopicPartition> partitions) {
        var leaving = partitions.stream().map(assigned::get).filter(Objects::nonNull).toList();
        try {
            drain(leaving, REVOKE_DRAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(List<AssignedPartition> leaving, Duration patience)
            throws InterruptedException {
        leaving.forEach(AssignedPartition::end);
        long until = System.nanoTime() + patience.toNanos();
        for (AssignedPartition each : leaving) {
            each.awaitIdle(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            each.acknowledge();
        }
    }

    @Override
    public void gone(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            var taker = assigned.remove(partition);
            if (taker != null) {
                taker.forget();
            }
        }
        report("Gone", partitions);
    }

    @Override
    public void closed() {
        closed.countDown();
    }

    private void report(String what, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.info(
                    "{}: topic={} partitions={}",
                    what,
                    topic,
                    partitions.stream().map(TopicPartition::partition).sorted().toList());
        }
    }

    /** The receiver's only way to a consumer that is not of its own making. */
    private final class Consumers extends ConsumerFactory {

        private final Map<String, Object> settings;

        Consumers(Map<String, Object> settings) {
            this.settings = settings;
        }

        @Override
        @SuppressWarnings("unchecked") // keys and values are bytes in the options of this class
        public <K, V> Consumer<K, V> createConsumer(ReceiverOptions<K, V> options) {
            return (Consumer<K, V>) new SteeredConsumer(settings, Reception.this);
        }
    }
}
