package dev.orrery.topics;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the catalogue. Immutable; safe to share between threads.
 *
 * @param name lower case, parts joined by dots
 * @param key what the record key means, which is the unit of order
 * @param type the one record type the topic holds
 * @param partitions the default number of partitions, at least 1; an installation may choose
 *     another at creation
 * @param retention how long records are kept; null keeps them for ever
 * @param compacted whether only the newest record of each key is kept
 */
public record Topic<T extends SpecificRecord>(
        String name,
        KeyMeaning key,
        Class<T> type,
        int partitions,
        @Nullable Duration retention,
        boolean compacted) {

    public Topic {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(type);
        if (!name.matches("[a-z]+(\\.[a-z]+)+")) {
            throw new IllegalArgumentException(
                    "name: " + name + " (expected: lower-case words joined by dots)");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: >= 1)");
        }
        if (compacted && retention != null) {
            throw new IllegalArgumentException(name + ": a compacted topic has no retention");
        }
    }

    /** How long records are kept; empty means for ever. */
    public Optional<Duration> keptFor() {
        return Optional.ofNullable(retention);
    }

    /** Name under which the value schema is registered (TopicNameStrategy). */
    public String subject() {
        return name + "-value";
    }

    /** Where a consumer group puts records of this topic that it can never handle. */
    public String deadLettersOf(String group) {
        return name + "." + group + ".dlt";
    }
}
