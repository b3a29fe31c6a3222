package dev.orrery.pipeline.publish;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.serde.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@link Publisher} on Kafka. Results arrive as {@link KafkaWriter} says. */
public final class KafkaPublisher implements Publisher {

    private final KafkaWriter writer;
    private final String source;
    private final Clock clock;

    /**
     * @param source name of the app, which becomes the {@code source} of its events
     */
    public KafkaPublisher(KafkaWriter writer, String source, Clock clock) {
        this.writer = writer;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Mono<Void> publish(Event<?> event) {
        return Mono.defer(() -> writer.write(record(event)));
    }

    private ProducerRecord<byte[], Object> record(Event<?> event) {
        return new ProducerRecord<>(
                event.topic().name(),
                event.partition(),
                event.key().getBytes(StandardCharsets.UTF_8),
                event.value(),
                EventHeaders.write(
                        asWritten(event.context()), event.value().getSchema().getFullName()));
    }

    private EventContext asWritten(EventContext context) {
        return new EventContext(
                context.id(),
                source,
                clock.instant(),
                context.correlationId(),
                context.causationId(),
                context.deadline(),
                nextSpan(context.trace()));
    }

    /** An event without a trace begins one. */
    private static TraceParent nextSpan(@Nullable TraceParent trace) {
        return trace == null
                ? new TraceParent(nonZeroHex() + nonZeroHex(), nonZeroHex(), true)
                : trace.withParent(nonZeroHex());
    }

    private static String nonZeroHex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
