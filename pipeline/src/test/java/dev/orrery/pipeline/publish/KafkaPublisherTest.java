package dev.orrery.pipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.serde.AvroDeserializer;
import dev.orrery.pipeline.serde.AvroRecordDecoder;
import dev.orrery.pipeline.serde.AvroSerializer;
import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.pipeline.serde.SerdeSettings;
import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the real broker and the embedded registry. */
class KafkaPublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final TraceParent TRACE =
            TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .orElseThrow();

    private final Topic<CancelRequested> topic = ScratchTopics.fresh();
    private final RegistryClient registry = new RegistryClient(SharedServers.registry().url());
    private final AvroSerializer serializer = new AvroSerializer(registry);
    private final AvroDeserializer deserializer = new AvroDeserializer(registry);
    private final KafkaWriter writer =
            new KafkaWriter(
                    WriterSettings.of(ScratchTopics.clientSettings(), "llm-worker"),
                    serializer,
                    new SimpleMeterRegistry());
    private final Publisher publisher =
            new KafkaPublisher(writer, "llm-worker", Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void start() {
        deserializer.configure(Map.of(SerdeSettings.SPECIFIC_READER, true), false);
        writer.start(List.of(topic.name()));
    }

    @AfterEach
    void stop() {
        writer.close();
        registry.close();
    }

    @Test
    void writesAnEventThatReadsBackAsItself() {
        // given
        var event = event(TRACE);

        // when
        publisher.publish(event).block(PATIENCE);

        // then
        var read = readBack();
        assertThat(read.value()).isEqualTo(event.value());
        assertThat(read.key()).isEqualTo("turn-1");
        assertThat(read.context().id()).isEqualTo(event.context().id());
        assertThat(read.context().deadline()).isEqualTo(event.context().deadline());
    }

    @Test
    void saysWhoWroteItAndWhen() {
        // given
        var event = event(TRACE);

        // when
        publisher.publish(event).block(PATIENCE);

        // then
        assertThat(readBack().context().source()).isEqualTo("llm-worker");
        assertThat(readBack().context().time()).isEqualTo(NOW);
    }

    @Test
    void keepsThePlaceOfAnEventInItsTrace() {
        // given
        var event = event(TRACE);

        // when
        publisher.publish(event).block(PATIENCE);

        // then
        assertThat(readBack().context().trace()).isEqualTo(TRACE);
    }

    @Test
    void hangsAnEventWithoutAPlaceOnWhatSurroundsItsPublication() {
        // given
        var event = event(null);

        // when
        publisher
                .publish(event)
                .contextWrite(context -> context.put(TraceParent.class, TRACE))
                .block(PATIENCE);

        // then
        assertThat(readBack().context().trace()).isEqualTo(TRACE);
    }

    @Test
    void beginsTheTraceOfWhatAnEventIsAboutWhereThereIsNone() {
        // given
        var event = event(null);

        // when
        publisher.publish(event).block(PATIENCE);

        // then
        assertThat(readBack().context().trace()).isEqualTo(TraceParent.rootOf("turn-1"));
    }

    @Test
    void buriesARecordWithItsBytesItsHeadersAndWhy() {
        // given
        ScratchTopics.create(topic.name() + ".llm.dlt");
        var original = new ConsumerRecord<>(topic.name(), 0, 17, bytes("key"), bytes("not avro"));
        original.headers().add("ce_id", bytes("abc"));
        var deadLetters = new KafkaDeadLetters(writer);

        // when
        deadLetters
                .bury(new DeadLetter(original, "llm", DeadLetter.UNDECODABLE, "no magic", 1))
                .block(PATIENCE);

        // then
        var buried = ScratchTopics.read(topic.name() + ".llm.dlt", 1).getFirst();
        assertThat(buried.key()).isEqualTo(bytes("key"));
        assertThat(buried.value()).isEqualTo(bytes("not avro"));
        assertThat(buried.headers())
                .extracting(header ->
                        header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "ce_id=abc",
                        "dlt_code=undecodable",
                        "dlt_reason=no magic",
                        "dlt_topic=" + topic.name(),
                        "dlt_partition=0",
                        "dlt_offset=17",
                        "dlt_group=llm",
                        "dlt_attempts=1");
    }

    @Test
    void buriesARecordWithoutItsValueWhereThereIsNoRoomForBoth() {
        // given
        ScratchTopics.create(topic.name() + ".llm.dlt");
        var value = new byte[1024 * 1024 - 200];
        var original = new ConsumerRecord<>(topic.name(), 0, 17, bytes("key"), value);
        var deadLetters = new KafkaDeadLetters(writer);

        // when
        deadLetters
                .bury(new DeadLetter(original, "llm", "internal", "x".repeat(300), 1))
                .block(PATIENCE);

        // then
        var buried = ScratchTopics.read(topic.name() + ".llm.dlt", 1).getFirst();
        assertThat(buried.value()).isNull();
        assertThat(buried.key()).isEqualTo(bytes("key"));
        assertThat(buried.headers().lastHeader(DeadLetter.OFFSET).value()).isEqualTo(bytes("17"));
    }

    private Event<CancelRequested> readBack() {
        return new AvroRecordDecoder(deserializer)
                .decode(ScratchTopics.read(topic.name(), 1).getFirst(), topic);
    }

    private Event<CancelRequested> event(@Nullable TraceParent trace) {
        var value = CancelRequested.newBuilder().setTurnId("turn-1").setRequestedAt(NOW).build();
        var context =
                new EventContext(
                        UUID.randomUUID(),
                        "",
                        Instant.EPOCH,
                        "turn-1",
                        null,
                        NOW.plusSeconds(60),
                        trace);
        return new Event<>(topic, "turn-1", null, value, context);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
