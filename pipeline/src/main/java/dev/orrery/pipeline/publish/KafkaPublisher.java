package dev.orrery.pipeline.publish;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.serde.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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
        return Mono.deferContextual(
                surroundings -> writer.write(record(event, place(event, surroundings))));
    }

    /**
     * An event that has no place in a trace hangs on what surrounds its publication, for example
     * the stage that handles its cause; else it stands at the root of what it is about.
     */
    private static TraceParent place(Event<?> event, ContextView surroundings) {
        var place = event.context().trace();
        return place != null
                ? place
                : surroundings
                        .<TraceParent>getOrEmpty(TraceParent.class)
                        .orElseGet(() -> TraceParent.rootOf(event.context().correlationId()));
    }

    private ProducerRecord<byte[], Object> record(Event<?> event, TraceParent place) {
        return new ProducerRecord<>(
                event.topic().name(),
                event.partition(),
                event.key().getBytes(StandardCharsets.UTF_8),
                event.value(),
                EventHeaders.write(
                        asWritten(event.context(), place),
                        event.value().getSchema().getFullName()));
    }

    private EventContext asWritten(EventContext context, TraceParent place) {
        return new EventContext(
                context.id(),
                source,
                clock.instant(),
                context.correlationId(),
                context.causationId(),
                context.deadline(),
                place);
    }
}
