package dev.orrery.pipeline.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a group can never handle, and why. The record is kept as it was: its bytes, its
 * headers, its origin.
 *
 * @param original what was read
 * @param group the consumer group that gave up
 * @param code stable code of the failure, also the value of {@link #CODE}
 * @param reason one line for an operator; never holds what a user or a model said
 * @param attempts how often the record was tried, at least 1
 */
public record DeadLetter(
        ConsumerRecord<byte[], byte[]> original,
        String group,
        String code,
        String reason,
        int attempts) {

    /** Code of records whose bytes cannot be read. */
    public static final String UNDECODABLE = "undecodable";

    /** Headers that say why a record is where it is; their values are UTF-8 text. */
    public static final String CODE = "dlt_code";

    public static final String REASON = "dlt_reason";
    public static final String TOPIC = "dlt_topic";
    public static final String PARTITION = "dlt_partition";
    public static final String OFFSET = "dlt_offset";
    public static final String GROUP = "dlt_group";
    public static final String ATTEMPTS = "dlt_attempts";

    public DeadLetter {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
        }
    }

    /** The topic this letter belongs in. */
    public String destination() {
        return original.topic() + "." + group + ".dlt";
    }
}
