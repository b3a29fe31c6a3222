package dev.orrery.pipeline.publish;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One Kafka producer behind a bounded queue. The client's {@code send} may wait for metadata or
 * memory, so it is called on one thread of our own, in the order of the queue; nobody else waits.
 *
 * <p>Thread safety: {@link #write} may be called on any thread and never blocks. Its result arrives
 * on the producer's network thread, which must not be blocked either. A producer that fails for
 * good is replaced.
 *
 * <p>States: new, {@link #start started}, {@link #close closed}; what is written outside of the
 * middle one fails.
 */
public final class KafkaWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaWriter.class);

    /** How long {@link #close} waits for what is still open. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(1);
    private static final Duration LONGEST_PARK = Duration.ofSeconds(1);

    /**
     * A record on its way.
     *
     * @param since {@link System#nanoTime} when it was asked for
     */
    private record Pending(
            ProducerRecord<byte[], Object> record, MonoSink<Void> caller, long since) {}

    private final WriterSettings settings;
    private final Serializer<Object> values;
    private final MeterRegistry meters;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Thread thread;
    private volatile boolean parked;
    private volatile boolean accepting;
    private volatile boolean closing;

    /**
     * {@link System#nanoTime} at which what is still queued is given up; set before {@link
     * #closing}.
     */
    private volatile long closeBy;

    private volatile @Nullable Throwable fatal;

    /** Touched by {@link #start} before the thread begins, and by the thread alone afterwards. */
    private @Nullable Producer<byte[], Object> producer;

    /**
     * @param values writes what is not bytes already; its owner closes it
     */
    public KafkaWriter(WriterSettings settings, Serializer<Object> values, MeterRegistry meters) {
        this.settings = settings;
        this.values = new BytesOr(values);
        this.meters = meters;
        this.thread =
                Thread.ofPlatform().name(settings.name() + "-writer").daemon().unstarted(this::run);
        Gauge.builder("orrery.writer.open", open, AtomicInteger::get)
                .description("records queued or not yet acknowledged")
                .register(meters);
    }

    /**
     * Begins to write. Blocks until the metadata of these topics is known, so that no record has to
     * wait for it.
     *
     * @throws KafkaException when the brokers do not answer in time; it may be called again
     */
    public void start(Collection<String> topics) {
        var fresh = newProducer();
        try {
            topics.forEach(fresh::partitionsFor);
        } catch (KafkaException failure) {
            fresh.close(Duration.ZERO);
            throw failure;
        }
        producer = fresh;
        accepting = true;
        thread.start();
    }

    /**
     * Writes one record. Completes when all in-sync replicas have it; fails with {@link
     * PublishFailed}. A record that failed may have been written all the same. A caller that
     * cancels is not waited for.
     */
    public Mono<Void> write(ProducerRecord<byte[], Object> record) {
        return Mono.create(caller -> enqueue(new Pending(record, caller, System.nanoTime())));
    }

    /**
     * Writes what is queued, waits a bounded time for the acknowledgements, and fails the rest.
     * Idempotent.
     */
    @Override
    public void close() {
        accepting = false;
        closeBy = System.nanoTime() + DRAIN.toNanos();
        closing = true;
        if (!thread.isAlive()) {
            return; // never started, or closed before
        }
        LockSupport.unpark(thread);
        try {
            thread.join(DRAIN.multipliedBy(2).plus(settings.longestBlock()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Pending pending) {
        if (open.incrementAndGet() > settings.maxOpen()) {
            fail(pending, new PublishFailed("open records: more than " + settings.maxOpen()));
            return;
        }
        queue.add(pending);
        if (!accepting) {
            // Seen after the record was queued: either the thread still finds it, or we do.
            failQueued("the writer is closed");
        } else if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** The thread of this writer. */
    private void run() {
        while (true) {
            replaceIfBroken();
            if (closing && System.nanoTime() - closeBy > 0) {
                break;
            }
            var next = queue.poll();
            if (next != null) {
                send(next);
            } else if (closing) {
                break;
            } else {
                park();
            }
        }
        closeProducer(DRAIN);
        failQueued("the writer is closed");
    }

    /**
     * A record queued between the two looks at the queue finds the flag raised, and wakes this
     * thread.
     */
    private void park() {
        parked = true;
        if (queue.isEmpty() && !closing) {
            LockSupport.parkNanos(this, LONGEST_PARK.toNanos());
        }
        parked = false;
    }

    private void send(Pending pending) {
        if (System.nanoTime() - pending.since() > settings.deliveryTimeout().toNanos()) {
            fail(pending, new PublishFailed("not sent within " + settings.deliveryTimeout()));
            return;
        }
        var current = producer;
        if (current == null) {
            fail(pending, new PublishFailed("there is no producer at the moment"));
            return;
        }
        try {
            current.send(pending.record(), (written, failure) -> acknowledged(pending, failure));
        } catch (RuntimeException failure) {
            acknowledged(pending, failure);
        }
    }

    /** Called on the producer's network thread, or on ours when the record never left. */
    private void acknowledged(Pending pending, @Nullable Exception failure) {
        var outcome = failure == null ? "written" : "failed";
        Timer.builder("orrery.writer.acknowledged")
                .tag("topic", pending.record().topic())
                .tag("outcome", outcome)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - pending.since()));
        if (failure == null) {
            open.decrementAndGet();
            pending.caller().success();
            return;
        }
        if (isFatal(failure)) {
            fatal = failure;
        }
        fail(
                pending,
                new PublishFailed(pending.record().topic() + ": " + failure.getMessage(), failure));
    }

    private void fail(Pending pending, PublishFailed failure) {
        open.decrementAndGet();
        pending.caller().error(failure);
    }

    private void failQueued(String reason) {
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            fail(next, new PublishFailed(reason));
        }
    }

    /** The producer is in a state it never leaves; other failures concern one record, or pass. */
    private static boolean isFatal(Exception failure) {
        return failure instanceof IllegalStateException
                || failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof OutOfOrderSequenceException
                || failure instanceof ClusterAuthorizationException
                || failure instanceof UnsupportedVersionException
                || failure.getClass()
                        == KafkaException
                                .class; // "in an error state", which has no class of its own
    }

    private void replaceIfBroken() {
        var reason = fatal;
        if (reason == null || closing) {
            return;
        }
        log.warn("Replacing the producer after a failure that does not pass", reason);
        closeProducer(Duration.ZERO); // fails what it still holds, through the callbacks
        fatal = null; // not before: those failures look fatal, too, and are the old producer's
        LockSupport.parkNanos(this, BETWEEN_REPLACEMENTS.toNanos());
        try {
            producer = newProducer();
        } catch (KafkaException failure) {
            fatal = failure;
        }
    }

    private Producer<byte[], Object> newProducer() {
        return new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), values);
    }

    private void closeProducer(Duration patience) {
        var current = producer;
        producer = null;
        if (current != null) {
            current.close(patience);
        }
    }

    /** Passes bytes through, for dead letters; stays open when its producer is replaced. */
    private record BytesOr(Serializer<Object> other) implements Serializer<Object> {

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable Object data) {
            return data instanceof byte[] bytes ? bytes : other.serialize(topic, data);
        }

        @Override
        public void close() {}
    }
}
