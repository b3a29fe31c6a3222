package dev.orrery.pipeline.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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

/**
 * A producer that is replaced when it has failed for good. It belongs to one thread; {@link
 * #noteFailure} alone may be called on any.
 */
final class LastingProducer {

    private static final Logger log = LoggerFactory.getLogger(LastingProducer.class);

    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(1);

    private final WriterSettings settings;
    private final Serializer<Object> values;
    private volatile @Nullable Throwable fatal;
    private @Nullable Producer<byte[], Object> producer;

    /**
     * @param values writes what is not bytes already; its owner closes it
     */
    LastingProducer(WriterSettings settings, Serializer<Object> values) {
        this.settings = settings;
        this.values = new BytesOr(values);
    }

    /**
     * Blocks until the metadata of these topics is known.
     *
     * @throws KafkaException when the brokers do not answer in time; it may be called again
     */
    void open(Collection<String> topics) {
        var fresh = newProducer();
        try {
            topics.forEach(fresh::partitionsFor);
        } catch (KafkaException failure) {
            fresh.close(Duration.ZERO);
            throw failure;
        }
        producer = fresh;
    }

    /** Null before it is opened, after it is closed, and while no replacement can be made. */
    @Nullable Producer<byte[], Object> current() {
        return producer;
    }

    /** Has the producer replaced if this is a failure that does not pass. */
    void noteFailure(Exception failure) {
        if (isFatal(failure)) {
            fatal = failure;
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

    /** Waits a moment before it makes a new one. */
    void replaceIfBroken() {
        var reason = fatal;
        if (reason == null) {
            return;
        }
        log.warn("Replacing the producer after a failure that does not pass", reason);
        close(Duration.ZERO); // fails what it still holds, through the callbacks
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

    void close(Duration patience) {
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
