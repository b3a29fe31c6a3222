package dev.orrery.pipeline.consume;

import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.serde.EventHeaders;
import dev.orrery.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of plain text, so that a test of reading depends on no registry. */
public final class TextRecords {

    /** The text of a record that is no event. */
    public static final String POISON = "poison";

    private TextRecords() {}

    /** A {@link RecordDecoder} whose events say what the record's text says. */
    public static <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        var text = text(record);
        if (text.equals(POISON)) {
            throw new Undecodable("it is poison", null);
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var value = topic.type().cast(new CancelRequested(text, Instant.EPOCH));
        return new Event<>(topic, key, record.partition(), value, EventHeaders.read(record, key));
    }

    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    public static String text(Event<CancelRequested> event) {
        return event.value().getTurnId();
    }
}
