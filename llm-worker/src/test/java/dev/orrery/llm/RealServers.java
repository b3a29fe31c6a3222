package dev.orrery.llm;

import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.consume.KafkaTopicTail;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.KafkaPublisher;
import dev.orrery.pipeline.publish.KafkaWriter;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.publish.WriterSettings;
import dev.orrery.pipeline.serde.AvroDeserializer;
import dev.orrery.pipeline.serde.AvroRecordDecoder;
import dev.orrery.pipeline.serde.AvroSerializer;
import dev.orrery.pipeline.serde.RegistryClient;
import dev.orrery.pipeline.serde.SerdeSettings;
import dev.orrery.pipeline.serde.TrustedEvents;
import dev.orrery.pipeline.topic.ProvisioningSettings;
import dev.orrery.pipeline.topic.TopicProvisioning;
import dev.orrery.topics.KeyMeaning;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** PostgreSQL, Kafka and the schema registry, and an ear on what the workers write. */
final class RealServers implements AutoCloseable {

    static final int PARTITIONS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChatDatabase database;
    private final RegistryClient registry = new RegistryClient(SharedServers.registry().url());
    private final AvroSerializer serializer = new AvroSerializer(registry);
    private final AvroDeserializer deserializer = new AvroDeserializer(registry);
    private final KafkaTopicTail tail;
    private final KafkaWriter writer;
    private final Publisher publisher;
    private final List<ReplyEvent> replies = new CopyOnWriteArrayList<>();
    private final List<ChatOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Disposable.Composite listening = Disposables.composite();

    RealServers() throws SQLException {
        TrustedEvents.trust();
        database = new ChatDatabase();
        serializer.configure(Map.of(), false);
        deserializer.configure(Map.of(SerdeSettings.SPECIFIC_READER, true), false);
        new TopicProvisioning(
                        new ProvisioningSettings(client(), PARTITIONS, 1, PATIENCE),
                        registry,
                        List.of())
                .provision();
        tail = new KafkaTopicTail(client(), decoder(), new SimpleMeterRegistry());
        writer = writer("test");
        publisher = new KafkaPublisher(writer, "test", Clock.systemUTC());
        listen(Topics.CHAT_REPLIES, replies);
        listen(Topics.CHAT_OUTCOMES, outcomes);
    }

    static Map<String, Object> client() {
        return Map.of("bootstrap.servers", SharedServers.kafka().bootstrapServers());
    }

    ChatDatabase database() {
        return database;
    }

    RecordDecoder decoder() {
        return new AvroRecordDecoder(deserializer);
    }

    KafkaTopicTail tail() {
        return tail;
    }

    KafkaWriter writer(String name) {
        var opened =
                new KafkaWriter(
                        WriterSettings.of(client(), name), serializer, new SimpleMeterRegistry());
        opened.start(List.of(Topics.CHAT_REPLIES.name(), Topics.CHAT_OUTCOMES.name()));
        return opened;
    }

    private <T extends SpecificRecord> void listen(Topic<T> topic, List<T> heard) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long end = answered(tail.endOffset(topic, partition).block(PATIENCE));
            Flux<Tailed<T>> records = tail.tail(topic, partition, end);
            listening.add(records.map(Tailed::event).map(Event::value).subscribe(heard::add));
        }
    }

    private static <T> T answered(@Nullable T answer) {
        if (answer == null) {
            throw new IllegalStateException("no answer (expected: one)");
        }
        return answer;
    }

    /** A topic for prompts that belongs to one test. */
    Topic<PromptRendered> promptTopic(String name) {
        var topic =
                new Topic<>(
                        "prompts." + name,
                        KeyMeaning.SESSION,
                        PromptRendered.class,
                        PARTITIONS,
                        null,
                        false);
        try (Admin admin = Admin.create(new HashMap<>(client()))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return topic;
    }

    TurnRef accept() throws SQLException {
        return database.accept(1);
    }

    /** The prompt of a turn, as the prompt worker would write it. */
    void publish(Topic<PromptRendered> topic, TurnRef turn, PlannedAttempt... attempts) {
        publishing(topic, turn, attempts).block(PATIENCE);
    }

    Mono<Void> publishing(Topic<PromptRendered> topic, TurnRef turn, PlannedAttempt... attempts) {
        return publisher.publish(prompt(topic, turn, attempts));
    }

    void publish(Event<?> event) {
        publisher.publish(event).block(PATIENCE);
    }

    private static Event<PromptRendered> prompt(
            Topic<PromptRendered> topic, TurnRef turn, PlannedAttempt... attempts) {
        var prompt = Examples.prompt(turn, attempts);
        return new Event<>(topic, prompt.key(), null, prompt.value(), prompt.context());
    }

    /** What the reader of a turn was sent so far, in order, as lines. */
    List<String> replies(TurnRef turn) {
        return replies.stream()
                .filter(reply -> reply.getTurnId().equals(turn.getTurnId()))
                .map(Replies::line)
                .toList();
    }

    List<ChatOutcome> outcomes(TurnRef turn) {
        return outcomes.stream()
                .filter(outcome -> outcome.getTurn().getTurnId().equals(turn.getTurnId()))
                .toList();
    }

    /** Waits until the reader of a turn and the ledger both know its end. */
    void awaitEnd(TurnRef turn) {
        await().atMost(PATIENCE)
                .until(() ->
                        !outcomes(turn).isEmpty()
                                && replies(turn).stream().anyMatch(Replies::isTerminal));
    }

    @Override
    public void close() throws SQLException {
        listening.dispose();
        tail.close();
        writer.close();
        registry.close();
        database.close();
    }
}
