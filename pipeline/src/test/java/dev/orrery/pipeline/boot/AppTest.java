package dev.orrery.pipeline.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.embedded.testing.SpanCollector;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.TurnRef;
import dev.orrery.events.WorkerTuning;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.health.StageHealth;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.publish.ScratchTopics;
import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** Two replicas of an app as they are deployed, on the real broker and registry. */
class AppTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TraceParent TRACE =
            TraceParent.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .orElseThrow();

    private static SpanCollector collector;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;

    @BeforeAll
    static void start() throws IOException {
        collector = SpanCollector.start();
        one = replica();
        other = replica();
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        collector.close();
    }

    private static ConfigurableApplicationContext replica() {
        return OrreryApp.builder(CopyingApp.class, "copying-worker")
                .properties(
                        Map.of(
                                "orrery.kafka.bootstrap-servers",
                                SharedServers.kafka().bootstrapServers(),
                                "orrery.registry.url",
                                SharedServers.registry().url(),
                                "orrery.kafka.partitions",
                                "3",
                                "orrery.database.enabled",
                                "false",
                                "orrery.telemetry.endpoint",
                                collector.url(),
                                "spring.main.web-application-type",
                                "none"))
                .run();
    }

    @Test
    void handlesWhatArrivesAndPassesItOnInTheSameTrace() {
        // given
        var request = request(UUID.randomUUID().toString());

        // when
        one.getBean(Publisher.class).publish(request).block(PATIENCE);

        // then
        var copy = copyOf(request);
        assertThat(copy.value()).isEqualTo(request.value());
        assertThat(copy.key()).isEqualTo(request.key());
        assertThat(copy.context())
                .returns(request.context().id(), EventContext::causationId)
                .returns("copying-worker", EventContext::source)
                .returns(request.context().deadline(), EventContext::deadline)
                .satisfies(context ->
                        assertThat(context.trace())
                                .isNotNull()
                                .returns(TRACE.traceId(), TraceParent::traceId));
    }

    @Test
    void recordsASpanThatWhatItPassesOnHangsOn() {
        // given
        var request = request(UUID.randomUUID().toString());

        // when
        one.getBean(Publisher.class).publish(request).block(PATIENCE);

        // then
        var place = requireNonNull(copyOf(request).context().trace());
        await().atMost(PATIENCE).until(() -> span(place).isPresent());
        assertThat(span(place).orElseThrow())
                .returns("process chat.requests", Span::getName)
                .returns(TRACE.traceId(), span -> hex(span.getTraceId()))
                .returns(TRACE.parentId(), span -> hex(span.getParentSpanId()))
                .returns("copying", span -> SpanCollector.text(span, "orrery.stage"))
                .returns("ada", span -> SpanCollector.text(span, "user.id"));
        assertThat(collector.spans().toString()).doesNotContain("Will I be famous?");
    }

    private static Optional<Span> span(TraceParent place) {
        return collector.spans().stream()
                .filter(span -> hex(span.getSpanId()).equals(place.parentId()))
                .findFirst();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Test
    void buriesWhatIsNoEventWithTheBytesItHad() {
        // given
        var topic = Topics.CHAT_REQUESTS;

        // when
        ScratchTopics.write(topic.name(), "key", "not avro");

        // then
        var letter = ScratchTopics.read(topic.deadLettersOf("copying"), 1).getFirst();
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("not avro");
        assertThat(letter.headers().lastHeader(DeadLetter.CODE).value())
                .isEqualTo("undecodable".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isTunedInEveryReplicaAndSaysSo() {
        // given
        await().atMost(PATIENCE).until(() -> limits().equals(List.of(64.0, 64.0)));

        // when
        tune(3);

        // then
        await().atMost(PATIENCE).until(() -> limits().equals(List.of(3.0, 3.0)));
        tune(64);
    }

    @Test
    void tellsTheHealthOfEveryStage() {
        // given
        var stages = one.getBean(CompositeHealthContributor.class);

        // when
        var copying = stages.getContributor("copying");

        // then
        assertThat(copying).isInstanceOf(StageHealth.class);
        await().atMost(PATIENCE).until(() -> isUp(copying));
    }

    @Test
    void writesWithTheSerializerItIsConfiguredWith() {
        // given
        var configuration = new KafkaAutoConfiguration();
        var registry = new RegistryProperties(SharedServers.registry().url());

        // when
        var serializer =
                configuration.eventSerializer(
                        withSerializer(StringSerializer.class),
                        registry,
                        one.getBean(RegistryClient.class));

        // then
        assertThat(serializer).isInstanceOf(StringSerializer.class);
    }

    @Test
    void refusesASerializerThatIsNone() {
        // given
        var configuration = new KafkaAutoConfiguration();
        var registry = new RegistryProperties(SharedServers.registry().url());

        // when / then
        assertThatThrownBy(() ->
                        configuration.eventSerializer(
                                withSerializer(Object.class),
                                registry,
                                one.getBean(RegistryClient.class)))
                .hasMessage(
                        "orrery.kafka.serializer: java.lang.Object (expected: a Kafka serializer)");
    }

    private static boolean isUp(@Nullable HealthContributor stage) {
        return stage instanceof StageHealth health && health.health().getStatus().equals(Status.UP);
    }

    private static KafkaProperties withSerializer(Class<?> serializer) {
        var kafka = one.getBean(KafkaProperties.class);
        return new KafkaProperties(
                kafka.bootstrapServers(),
                kafka.client(),
                kafka.groupProtocol(),
                null,
                serializer,
                kafka.deserializer(),
                kafka.compression(),
                kafka.partitions(),
                kafka.replicationFactor(),
                kafka.patience());
    }

    private static Event<ChatRequested> copyOf(Event<ChatRequested> request) {
        var tail = other.getBean(TopicTail.class);
        var copies =
                IntStream.range(0, 3)
                        .mapToObj(partition -> tail.tail(Topics.REPLAY_REQUESTS, partition, 0L))
                        .toList();
        var copy =
                Flux.merge(copies)
                        .map(Tailed::event)
                        .filter(event -> event.key().equals(request.key()))
                        .blockFirst(PATIENCE);
        if (copy == null) {
            throw new AssertionError("nothing was copied");
        }
        return copy;
    }

    private static void tune(int concurrency) {
        var tuning =
                WorkerTuning.newBuilder()
                        .setWorker("copying")
                        .setConcurrency(concurrency)
                        .setPaused(false)
                        .setChangedBy("ada")
                        .setChangedAt(Instant.EPOCH)
                        .build();
        var context =
                new EventContext(
                        UUID.randomUUID(), "ctl", Instant.EPOCH, "copying", null, null, null);
        one.getBean(Publisher.class)
                .publish(new Event<>(Topics.OPS_TUNING, "copying", null, tuning, context))
                .block(PATIENCE);
    }

    private static List<Double> limits() {
        return List.of(limit(one), limit(other));
    }

    private static double limit(ConfigurableApplicationContext replica) {
        return replica.getBean(MeterRegistry.class)
                .get("orrery.stage.concurrency.limit")
                .tag("stage", "copying")
                .gauge()
                .value();
    }

    private static Event<ChatRequested> request(String session) {
        var at = Instant.parse("2026-11-24T10:00:00Z");
        var turn =
                TurnRef.newBuilder()
                        .setTurnId("turn-1")
                        .setSessionId(session)
                        .setUserId("ada")
                        .setWalletId("wallet-1")
                        .setBotId("bot-1")
                        .setSequence(1)
                        .setRevisionId("revision-1")
                        .setProfileVersion(1)
                        .setAcceptedAt(at)
                        .setDeadline(at.plus(Duration.ofDays(36_500)))
                        .setReplyPartition(0)
                        .build();
        var value = ChatRequested.newBuilder().setTurn(turn).setText("Will I be famous?").build();
        var context =
                new EventContext(
                        UUID.randomUUID(),
                        "door",
                        at,
                        "turn-1",
                        null,
                        Instant.parse("2126-11-24T10:00:00Z"),
                        TRACE);
        return new Event<>(Topics.CHAT_REQUESTS, session, null, value, context);
    }
}
