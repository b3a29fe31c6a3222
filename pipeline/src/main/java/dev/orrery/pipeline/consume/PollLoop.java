package dev.orrery.pipeline.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one consumer, from subscription to close. Confined to the poll thread, the rebalance
 * callbacks included, which the client runs inside {@code poll}; only {@link #stop} and {@link
 * #lastTurnNanos} belong to other threads.
 *
 * <p>Back-pressure pauses single partitions. A paused loop turns every 10 ms instead of being woken
 * up, because a wake-up can hit a commit or a rebalance instead of the wait it was meant for.
 */
final class PollLoop implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private static final Duration LONG_POLL = Duration.ofMillis(100);
    private static final Duration SHORT_POLL = Duration.ofMillis(10);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** What a rebalance waits for records in flight; the other members stand still meanwhile. */
    private static final Duration REVOKE_DRAIN = Duration.ofSeconds(1);

    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Intake intake;
    private final Map<TopicPartition, PartitionIntake> assigned = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private boolean commitInFlight;
    private long lastCommitNanos = System.nanoTime();
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile boolean stopping;
    private volatile Duration drain = Duration.ZERO;

    PollLoop(Consumer<byte[], byte[]> consumer, String topic, Intake intake) {
        this.consumer = consumer;
        this.topic = topic;
        this.intake = intake;
    }

    /**
     * Called on any thread: the loop ends after the turn it is in, and gives what is in flight this
     * time.
     */
    void stop(Duration drainTime) {
        drain = drainTime;
        stopping = true;
    }

    /** When the loop last came round, on the scale of {@link System#nanoTime}. */
    long lastTurnNanos() {
        return lastTurnNanos;
    }

    /**
     * Runs until stopped; fails with whatever the client or the intake fails with. The consumer is
     * closed either way.
     */
    void run() throws InterruptedException {
        try {
            consumer.subscribe(List.of(topic), this);
            while (!stopping) {
                turn();
            }
            letGo(List.copyOf(assigned.keySet()), drain);
        } finally {
            // After a failure nobody knows who owns what, so nothing is committed; redelivery is
            // harmless.
            onPartitionsLost(List.copyOf(assigned.keySet()));
            Thread.interrupted(); // the watchdog's interrupt has done its work, and the close
            // needs a clean thread
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private void turn() {
        boolean paused = pauseAndResume();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(paused ? SHORT_POLL : LONG_POLL)) {
            takerOf(new TopicPartition(each.topic(), each.partition())).deliver(each);
        }
        commitIfDue();
        lastTurnNanos = System.nanoTime();
    }

    private boolean pauseAndResume() {
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        assigned.forEach((partition, taker) -> {
            boolean more = taker.wantsMore();
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

    /** One commit at a time, so that an older one can never land after a newer one. */
    private void commitIfDue() {
        if (commitInFlight || System.nanoTime() - lastCommitNanos < COMMIT_INTERVAL.toNanos()) {
            return;
        }
        lastCommitNanos = System.nanoTime();
        var offsets = uncommitted(assigned.keySet());
        if (offsets.isEmpty()) {
            return;
        }
        commitInFlight = true;
        consumer.commitAsync(
                offsets,
                (written, failure) -> {
                    commitInFlight = false;
                    if (failure == null) {
                        noteCommitted(written);
                    } else {
                        log.info(
                                "Commit failed, the next one covers it: topic={} reason={}",
                                topic,
                                failure.toString());
                    }
                });
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommitted(
            Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : partitions) {
            var taker = assigned.get(partition);
            if (taker != null) {
                taker.committable()
                        .ifPresent(next -> {
                            if (next > committed.getOrDefault(partition, -1L)) {
                                offsets.put(partition, new OffsetAndMetadata(next));
                            }
                        });
            }
        }
        return offsets;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> written) {
        written.forEach((partition, offset) -> {
            // The partition may have gone, and come back at another offset, since the commit was
            // sent.
            if (assigned.containsKey(partition)) {
                committed.merge(partition, offset.offset(), Math::max);
            }
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            assigned.put(partition, intake.assigned(partition));
        }
        if (!partitions.isEmpty()) {
            log.info("Assigned: topic={} partitions={}", topic, numbers(partitions));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        try {
            letGo(partitions, REVOKE_DRAIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        log.info("Revoked: topic={} partitions={}", topic, numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        var lost = partitions.stream().filter(assigned::containsKey).toList();
        for (TopicPartition partition : lost) {
            takerOf(partition).end();
            forget(partition);
        }
        if (!lost.isEmpty()) {
            log.warn(
                    "Lost without a chance to commit: topic={} partitions={}",
                    topic,
                    numbers(lost));
        }
    }

    /**
     * The order matters: (1) nothing more is begun, (2) what is in flight may finish, (3) the
     * finished prefix is committed, (4) the partition is forgotten. A crash, or a commit that
     * fails, between 2 and 4 leaves finished records uncommitted; the next owner is given them
     * again and derives the same events.
     */
    private void letGo(Collection<TopicPartition> partitions, Duration patience)
            throws InterruptedException {
        var leaving = partitions.stream().filter(assigned::containsKey).toList();
        leaving.forEach(partition -> takerOf(partition).end());
        long until = System.nanoTime() + patience.toNanos();
        for (TopicPartition partition : leaving) {
            var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            takerOf(partition).awaitIdle(left);
        }
        var offsets = uncommitted(leaving);
        try {
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, COMMIT_TIMEOUT);
            }
        } catch (KafkaException failure) {
            log.info(
                    "Commit on leaving failed, records will come again: topic={} reason={}",
                    topic,
                    failure.toString());
        }
        leaving.forEach(this::forget);
    }

    private PartitionIntake takerOf(TopicPartition partition) {
        var taker = assigned.get(partition);
        if (taker == null) {
            throw new IllegalStateException(
                    "BUG: not assigned: " + partition + " (expected: " + assigned.keySet() + ")");
        }
        return taker;
    }

    private void forget(TopicPartition partition) {
        assigned.remove(partition);
        committed.remove(partition);
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
