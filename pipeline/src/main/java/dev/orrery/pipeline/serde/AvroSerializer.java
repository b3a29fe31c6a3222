package dev.orrery.pipeline.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records in Confluent's wire format: a zero byte, the schema's id as a big-endian int,
 * Avro binary. The subject is the topic's name with {@code -value} or {@code -key} behind it.
 *
 * <p>Thread safety: may be shared; what it reuses belongs to one thread. Blocks only when it meets
 * a schema for the first time, see {@link RegistryClient}.
 */
public final class AvroSerializer implements Serializer<Object> {

    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    /** A buffer that has grown beyond this is not kept. */
    private static final int LARGEST_KEPT_BYTES = 1 << 20;

    private record Written(String topic, Schema schema) {}

    /** What one thread reuses. */
    private static final class Reused {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        @Nullable BinaryEncoder encoder;
        final Map<Schema, DatumWriter<Object>> writers = new HashMap<>();
        final Map<Written, byte[]> headers = new HashMap<>();
    }

    private final ThreadLocal<Reused> reused = ThreadLocal.withInitial(Reused::new);
    private @Nullable RegistryClient registry;
    private boolean ownsRegistry;
    private boolean autoRegister = true;
    private String suffix = "-value";

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    /** Shares a registry client, which its maker closes. */
    public AvroSerializer(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        suffix = isKey ? "-key" : "-value";
        autoRegister = SerdeSettings.flag(settings, SerdeSettings.AUTO_REGISTER, true);
        if (registry == null) {
            registry = new RegistryClient(SerdeSettings.registryUrl(settings));
            ownsRegistry = true;
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        return switch (data) {
            case null -> null;
            case GenericContainer container -> serialize(topic, container);
            default ->
                    throw new SerializationException(
                            topic
                                    + ": "
                                    + data.getClass().getName()
                                    + " (expected: an Avro record)");
        };
    }

    private byte[] serialize(String topic, GenericContainer data) {
        var mine = reused.get();
        var schema = data.getSchema();
        mine.bytes.reset();
        mine.bytes.writeBytes(header(mine, topic, schema));
        mine.encoder = EncoderFactory.get().directBinaryEncoder(mine.bytes, mine.encoder);
        try {
            writer(mine, data, schema).write(data, mine.encoder);
            mine.encoder.flush();
        } catch (IOException | RuntimeException failure) {
            throw new SerializationException(
                    topic + ": a " + schema.getName() + " cannot be written", failure);
        }
        var written = mine.bytes.toByteArray();
        if (written.length > LARGEST_KEPT_BYTES) {
            mine.bytes = new ByteArrayOutputStream(1024);
        }
        return written;
    }

    private byte[] header(Reused mine, String topic, Schema schema) {
        var key = new Written(topic, schema);
        var known = mine.headers.get(key);
        if (known != null) {
            return known;
        }
        var header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(idOf(topic, schema)).array();
        mine.headers.put(key, header);
        return header;
    }

    private int idOf(String topic, Schema schema) {
        var client = registry;
        if (client == null) {
            throw new IllegalStateException("BUG: used before it was configured");
        }
        return autoRegister
                ? client.register(topic + suffix, schema)
                : client.idOf(topic + suffix, schema);
    }

    private static DatumWriter<Object> writer(Reused mine, GenericContainer data, Schema schema) {
        return mine.writers.computeIfAbsent(
                schema,
                absent ->
                        data instanceof SpecificRecord
                                ? new SpecificDatumWriter<>(schema)
                                : new GenericDatumWriter<>(schema));
    }

    @Override
    public void close() {
        if (ownsRegistry && registry != null) {
            registry.close();
        }
    }
}
