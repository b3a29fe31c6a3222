package dev.orrery.pipeline.stage;

import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.serde.EventHeaders;
import dev.orrery.topics.KeyMeaning;
import dev.orrery.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of plain text, and the events they stand for. */
final class Inputs {

    static final Topic<CancelRequested> INPUT = topic("stage.in");
    static final Topic<CancelRequested> OUTPUT = topic("stage.out");

    /** The text of a record that is no event. */
    static final String POISON = "poison";

    private Inputs() {}

    static Topic<CancelRequested> topic(String name) {
        return new Topic<>(
                name, KeyMeaning.MESSAGE, CancelRequested.class, 2, Duration.ofDays(1), false);
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, String key, String text) {
        return new ConsumerRecord<>(INPUT.name(), 0, offset, bytes(key), bytes(text));
    }

    static CancelRequested value(String text) {
        return new CancelRequested(text, Instant.EPOCH);
    }

    static <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        var text = new String(record.value(), StandardCharsets.UTF_8);
        if (text.equals(POISON)) {
            throw new Undecodable("it is poison", null);
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        return new Event<>(
                topic,
                key,
                record.partition(),
                topic.type().cast(value(text)),
                EventHeaders.read(record, key));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
