package dev.orrery.pipeline.publish;

import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@link DeadLetters} on Kafka: the original bytes and headers, and beside them why and where they
 * failed. A record that has no room for that beside its value is buried without it; its place says
 * where the value stands.
 */
public final class KafkaDeadLetters implements DeadLetters {

    /** A reason is for people; longer ones are cut. */
    private static final int LONGEST_REASON_CHARS = 1_000;

    private final KafkaWriter writer;

    public KafkaDeadLetters(KafkaWriter writer) {
        this.writer = writer;
    }

    @Override
    public Mono<Void> bury(DeadLetter letter) {
        return Mono.defer(() -> writer.write(record(letter, letter.original().value())))
                .onErrorResume(
                        KafkaDeadLetters::isTooLarge, full -> writer.write(record(letter, null)));
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof PublishFailed
                && failure.getCause() instanceof RecordTooLargeException;
    }

    private static ProducerRecord<byte[], Object> record(
            DeadLetter letter, byte @Nullable [] value) {
        var original = letter.original();
        var headers = new RecordHeaders(original.headers().toArray());
        put(headers, DeadLetter.CODE, letter.code());
        put(headers, DeadLetter.REASON, shortened(letter.reason()));
        put(headers, DeadLetter.TOPIC, original.topic());
        put(headers, DeadLetter.PARTITION, Integer.toString(original.partition()));
        put(headers, DeadLetter.OFFSET, Long.toString(original.offset()));
        put(headers, DeadLetter.GROUP, letter.group());
        put(headers, DeadLetter.ATTEMPTS, Integer.toString(letter.attempts()));
        return new ProducerRecord<>(letter.destination(), null, original.key(), value, headers);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON_CHARS
                ? reason
                : reason.substring(0, LONGEST_REASON_CHARS);
    }

    /** Replaces what an earlier burial of the same record has left. */
    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
