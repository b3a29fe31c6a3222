package dev.orrery.pipeline.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's wire format, see {@link AvroSerializer}. A record written with another version
 * of the schema is resolved to the version of the generated class.
 *
 * <p>Fails with {@link SerializationException} when the bytes can never be read, and with {@link
 * RegistryUnreachable} when they may be later.
 *
 * <p>Thread safety: may be shared; what it reuses belongs to one thread. Blocks only when it meets
 * a schema id for the first time, see {@link RegistryClient}.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    /** What one thread reuses. */
    private static final class Reused {
        @Nullable BinaryDecoder decoder;
        final Map<Integer, DatumReader<Object>> readers = new HashMap<>();
    }

    private final ThreadLocal<Reused> reused = ThreadLocal.withInitial(Reused::new);
    private @Nullable RegistryClient registry;
    private boolean ownsRegistry;
    private boolean specific;

    /** For Kafka, which calls {@link #configure} next. */
    public AvroDeserializer() {}

    /** Shares a registry client, which its maker closes. */
    public AvroDeserializer(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        TrustedEvents.trust();
        specific = SerdeSettings.flag(settings, SerdeSettings.SPECIFIC_READER, false);
        if (registry == null) {
            registry = new RegistryClient(SerdeSettings.registryUrl(settings));
            ownsRegistry = true;
        }
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length < HEADER_BYTES || data[0] != MAGIC) {
            throw new SerializationException(topic + ": not in Confluent's wire format");
        }
        var mine = reused.get();
        int id = ByteBuffer.wrap(data, 1, Integer.BYTES).getInt();
        var reader = reader(mine, id);
        mine.decoder =
                DecoderFactory.get()
                        .binaryDecoder(
                                data, HEADER_BYTES, data.length - HEADER_BYTES, mine.decoder);
        try {
            return reader.read(null, mine.decoder);
        } catch (IOException | RuntimeException failure) {
            throw new SerializationException(topic + ": bytes do not fit schema " + id, failure);
        }
    }

    private DatumReader<Object> reader(Reused mine, int id) {
        var known = mine.readers.get(id);
        if (known != null) {
            return known;
        }
        var client = registry;
        if (client == null) {
            throw new IllegalStateException("BUG: used before it was configured");
        }
        var writer = client.schemaOf(id);
        var reader = specific ? specificReader(writer) : new GenericDatumReader<Object>(writer);
        mine.readers.put(id, reader);
        return reader;
    }

    private static DatumReader<Object> specificReader(Schema writer) {
        try {
            var type = SpecificData.get().getClass(writer);
            if (type == null) {
                throw new SerializationException(
                        writer.getFullName() + ": no generated class of this name");
            }
            return new SpecificDatumReader<>(writer, SpecificData.get().getSchema(type));
        } catch (AvroRuntimeException | SecurityException refused) {
            throw new SerializationException(
                    writer.getFullName() + ": not one of our events", refused);
        }
    }

    @Override
    public void close() {
        if (ownsRegistry && registry != null) {
            registry.close();
        }
    }
}
