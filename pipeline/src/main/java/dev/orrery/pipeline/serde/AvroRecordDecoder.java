package dev.orrery.pipeline.serde;

import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.topics.Topic;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** {@link RecordDecoder} over a Kafka deserializer: ours, or Confluent's. */
public final class AvroRecordDecoder implements RecordDecoder {

    private final Deserializer<Object> values;

    /**
     * @param values gives generated classes; its owner closes it
     */
    public AvroRecordDecoder(Deserializer<Object> values) {
        this.values = values;
    }

    @Override
    public <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        var value = value(record, topic);
        var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new Event<>(topic, key, record.partition(), value, EventHeaders.read(record, key));
    }

    private <T extends SpecificRecord> T value(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        if (record.value() == null) {
            throw new Undecodable("the record has no value", null);
        }
        var value = deserialized(record);
        if (!topic.type().isInstance(value)) {
            throw new Undecodable("not a " + topic.type().getSimpleName(), null);
        }
        return topic.type().cast(value);
    }

    private Object deserialized(ConsumerRecord<byte[], byte[]> record) {
        try {
            return values.deserialize(record.topic(), record.headers(), record.value());
        } catch (SerializationException failure) {
            if (registryIsAway(failure)) {
                throw failure;
            }
            throw new Undecodable("the value cannot be read", failure);
        }
    }

    /**
     * Ours says so by its type and never gets here. Confluent's wraps the client's failure, and
     * failures of the bytes that are {@code IOException}s as well; only those of the network pass.
     */
    private static boolean registryIsAway(SerializationException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RetriableException
                    || each instanceof SocketException
                    || each instanceof SocketTimeoutException
                    || each instanceof HttpTimeoutException
                    || each instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
