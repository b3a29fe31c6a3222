package dev.orrery.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads topics as an outsider does: Kafka's own client, the registry over HTTP, generic Avro. It
 * shares no class with the pipeline.
 */
final class WireReader {

    private static final int HEADER_BYTES = 5;

    private final String brokers;
    private final URI registry;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    WireReader(String brokers, String registry) {
        this.brokers = brokers;
        this.registry = URI.create(registry);
    }

    /** Everything a topic holds now. */
    List<GenericRecord> all(String topic) throws IOException, InterruptedException {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers",
                        brokers,
                        "enable.auto.commit",
                        false,
                        "key.deserializer",
                        ByteArrayDeserializer.class,
                        "value.deserializer",
                        ByteArrayDeserializer.class);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings)) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<GenericRecord>();
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (var taken : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(decoded(taken.value()));
                }
            }
            return records;
        }
    }

    private GenericRecord decoded(byte[] value) throws IOException, InterruptedException {
        var header = ByteBuffer.wrap(value);
        if (header.get() != 0) {
            throw new IOException("magic byte: " + value[0] + " (expected: 0)");
        }
        var schema = schema(header.getInt());
        var decoder =
                DecoderFactory.get()
                        .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    }

    private Schema schema(int id) throws IOException, InterruptedException {
        var known = schemas.get(id);
        if (known == null) {
            try (var http = HttpClient.newHttpClient()) {
                var request =
                        HttpRequest.newBuilder(registry.resolve("/schemas/ids/" + id)).build();
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
                known =
                        new Schema.Parser()
                                .parse(
                                        JsonMapper.shared()
                                                .readTree(answer)
                                                .path("schema")
                                                .asString());
            }
            schemas.put(id, known);
        }
        return known;
    }
}
