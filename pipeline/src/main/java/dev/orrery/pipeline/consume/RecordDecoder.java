package dev.orrery.pipeline.consume;

import dev.orrery.pipeline.event.Event;
import dev.orrery.topics.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads an event from the bytes of a record.
 *
 * <p>Thread safety: called on many threads at once: those of lanes, of batch listeners, and of
 * tails, which hold up their own partition alone; never on an event loop that others share. May
 * block for at most five seconds, for example to ask the registry for a schema that is met for the
 * first time.
 */
@FunctionalInterface
public interface RecordDecoder {

    /**
     * Decodes a record of this topic.
     *
     * @throws Undecodable when these bytes can never be read; any other exception means that they
     *     may be readable later, and the same record is tried again
     */
    <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic);
}
