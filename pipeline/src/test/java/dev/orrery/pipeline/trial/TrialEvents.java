package dev.orrery.pipeline.trial;

import dev.orrery.events.CancelRequested;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.topics.KeyMeaning;
import dev.orrery.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The events of a trial: their key and number in plain text, so that the trial depends on no
 * registry.
 */
final class TrialEvents {

    static final int PARTITIONS = 6;

    /** What follows it in a record's key is not part of the event's. */
    static final char KEY_END = '|';

    private static final byte[] POISON = "poison".getBytes(StandardCharsets.UTF_8);

    private TrialEvents() {}

    static Topic<CancelRequested> topic(String name) {
        return new Topic<>(
                name,
                KeyMeaning.MESSAGE,
                CancelRequested.class,
                PARTITIONS,
                Duration.ofHours(1),
                false);
    }

    static int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(bytes(key))) % PARTITIONS;
    }

    static byte[] encode(int sequence) {
        return bytes(Integer.toString(sequence));
    }

    static byte[] encode(CancelRequested value) {
        return bytes(value.getTurnId());
    }

    static boolean isPoison(byte[] value) {
        return Arrays.equals(value, POISON);
    }

    static byte[] poison() {
        return POISON.clone();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        if (isPoison(record.value())) {
            throw new Undecodable("poison", null);
        }
        var key = text(record.key());
        int end = key.indexOf(KEY_END);
        return event(
                topic,
                end < 0 ? key : key.substring(0, end),
                Integer.parseInt(text(record.value())));
    }

    static <T extends SpecificRecord> Event<T> event(Topic<T> topic, String key, int sequence) {
        var value = new CancelRequested(Integer.toString(sequence), Instant.EPOCH);
        var id = DerivedId.of(new UUID(0, 0), key + "#" + sequence);
        var context = new EventContext(id, "trial", Instant.EPOCH, key, null, null, null);
        return new Event<>(topic, key, null, topic.type().cast(value), context);
    }

    static int sequenceOf(Event<?> event) {
        return Integer.parseInt(((CancelRequested) event.value()).getTurnId());
    }
}
