package dev.orrery.pipeline.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.AttemptTrace;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.TokenUsage;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.publish.KafkaPublisher;
import dev.orrery.pipeline.publish.KafkaWriter;
import dev.orrery.pipeline.publish.ScratchTopics;
import dev.orrery.pipeline.publish.WriterSettings;
import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What we write, Confluent's deserializer reads; what Confluent's serializer writes, we read. On
 * real topics.
 */
class WireTruthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant AT = Instant.ofEpochMilli(1_764_000_000_123L);

    private final Topic<ChatOutcome> topic = ScratchTopics.fresh(ChatOutcome.class);
    private final String registryUrl = SharedServers.registry().url();
    private final ConfluentSerde confluent = new ConfluentSerde(registryUrl);
    private final RegistryClient registry = new RegistryClient(registryUrl);
    private final AvroDeserializer deserializer = new AvroDeserializer(registry);
    private final KafkaWriter writer =
            new KafkaWriter(
                    WriterSettings.of(ScratchTopics.clientSettings(), "test"),
                    new AvroSerializer(registry),
                    new SimpleMeterRegistry());

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
    void confluentReadsWhatWeWrote() {
        // given
        publish(outcome());

        // when
        var read =
                confluent.read(
                        topic.name(), ScratchTopics.read(topic.name(), 1).getFirst().value());

        // then
        var json = JsonMapper.shared().readTree(read.toString());
        assertThat(json.path("turn").path("turnId").asString()).isEqualTo("turn-1");
        assertThat(json.path("state").asString()).isEqualTo("COMPLETED");
        assertThat(json.path("text").asString()).isEqualTo("Guten Tag, नमस्ते \uD83C\uDF19");
        assertThat(json.path("usage").path("outputTokens").asLong()).isEqualTo(9);
        assertThat(json.path("attempts").path(0).path("firstTokenMillis").asLong()).isEqualTo(210);
        assertThat(json.path("chargeMicros").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void weReadWhatConfluentWrote() {
        // given
        publish(outcome());
        var theirs =
                confluent.read(
                        topic.name(), ScratchTopics.read(topic.name(), 1).getFirst().value());
        var written = confluent.write(topic.name(), theirs);
        writer.write(new ProducerRecord<>(topic.name(), written)).block(PATIENCE);

        // when
        var read = decoder().decode(ScratchTopics.read(topic.name(), 2).get(1), topic);

        // then
        assertThat(read.value()).isEqualTo(outcome());
    }

    @Test
    void bothWriteTheSameBytes() {
        // given
        publish(outcome());
        var ours = ScratchTopics.read(topic.name(), 1).getFirst().value();

        // when
        var theirs = confluent.write(topic.name(), confluent.read(topic.name(), ours));

        // then
        assertThat(theirs).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0x7f, -1})
    void refusesAnIdThatTheRegistryDoesNotKnow(byte first) {
        // given
        byte[] unknown = {0, first, 0, 0, 1, 2, 3};

        // when / then
        assertThatThrownBy(() -> decoder().decode(record(unknown), topic))
                .isInstanceOf(Undecodable.class);
    }

    @Test
    void triesAgainLaterWhenTheRegistryIsAway() {
        // given
        var gone = new ScriptedRegistry();
        gone.close();
        var unreachable = new AvroDeserializer();
        unreachable.configure(Map.of(SerdeSettings.REGISTRY_URL, gone.url()), false);
        byte[] unknown = {0, 0, 0, 0, 1, 2, 3};

        // when / then
        assertThatThrownBy(() -> new AvroRecordDecoder(unreachable).decode(record(unknown), topic))
                .isInstanceOf(RegistryUnreachable.class);
    }

    @Test
    void refusesARecordOfAnotherType() {
        // given
        var other = ScratchTopics.fresh();
        publish(outcome());
        var written = ScratchTopics.read(topic.name(), 1).getFirst();

        // when / then
        assertThatThrownBy(() -> decoder().decode(written, other)).isInstanceOf(Undecodable.class);
    }

    private AvroRecordDecoder decoder() {
        return new AvroRecordDecoder(deserializer);
    }

    private ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(topic.name(), 0, 0, new byte[0], value);
    }

    private void publish(ChatOutcome outcome) {
        var context = new EventContext(UUID.randomUUID(), "test", AT, "turn-1", null, null, null);
        new KafkaPublisher(writer, "test", Clock.systemUTC())
                .publish(new Event<>(topic, "wallet-1", null, outcome, context))
                .block(PATIENCE);
    }

    private static ChatOutcome outcome() {
        return ChatOutcome.newBuilder()
                .setTurn(
                        TurnRef.newBuilder()
                                .setTurnId("turn-1")
                                .setSessionId("session-1")
                                .setUserId("ada")
                                .setWalletId("wallet-1")
                                .setBotId("bot-1")
                                .setSequence(1)
                                .setRevisionId("revision-1")
                                .setProfileVersion(1)
                                .setAcceptedAt(AT)
                                .setDeadline(AT.plusSeconds(60))
                                .setReplyPartition(7)
                                .build())
                .setState(OutcomeState.COMPLETED)
                .setText("Guten Tag, नमस्ते \uD83C\uDF19")
                .setFinishReason("stop")
                .setProvider("openai")
                .setModel("gpt-5-mini")
                .setUsage(TokenUsage.newBuilder().setInputTokens(120).setOutputTokens(9).build())
                .setAttempts(
                        List.of(
                                AttemptTrace.newBuilder()
                                        .setNumber(1)
                                        .setProvider("openai")
                                        .setModel("gpt-5-mini")
                                        .setResult("answered")
                                        .setFirstTokenMillis(210L)
                                        .setTookMillis(900)
                                        .build()))
                .setChargeMicros(5_000_000)
                .setCurrency("INR")
                .setFinishedAt(AT.plusSeconds(2))
                .build();
    }
}
