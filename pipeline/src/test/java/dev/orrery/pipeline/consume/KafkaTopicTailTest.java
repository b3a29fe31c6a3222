package dev.orrery.pipeline.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.ScratchTopics;
import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;

/** On the real broker. */
class KafkaTopicTailTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Topic<CancelRequested> topic = ScratchTopics.fresh();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaTopicTail tail =
            new KafkaTopicTail(ScratchTopics.clientSettings(), this::decode, meters);
    private final AtomicInteger registryIsAway = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Disposable.Composite subscriptions = Disposables.composite();

    @AfterEach
    void stop() {
        subscriptions.dispose();
        tail.close();
    }

    @Test
    void readsFromTheOffsetItIsGivenAndOnAndOn() {
        // given
        write("0", "1", "2");
        follow(1L);
        await().atMost(PATIENCE).until(() -> seen.size() == 2);

        // when
        write("3");

        // then
        await().atMost(PATIENCE).until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("1", "2", "3");
    }

    @Test
    void saysWhereARecordStands() {
        // given
        write("0", "1");

        // when
        var second = tail.tail(topic, 0, 1L).blockFirst(PATIENCE);

        // then
        assertThat(second)
                .isNotNull()
                .satisfies(tailed -> {
                    assertThat(tailed.offset()).isEqualTo(1);
                    assertThat(TextRecords.text(tailed.event())).isEqualTo("1");
                });
    }

    @Test
    void beginsAtTheEndWhenNoOffsetIsGiven() {
        // given
        write("old", "old");

        // when
        follow(null);

        // then
        await().atMost(PATIENCE)
                .until(() -> {
                    write("new");
                    return !seen.isEmpty();
                });
        assertThat(seen).containsOnly("new");
    }

    @Test
    void beginsAtTheOldestRecordWhenTheOneAskedForIsGone()
            throws InterruptedException, ExecutionException {
        // given
        write("0", "1", "2");
        forgetBefore(2);

        // when
        follow(0L);

        // then
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("2");
    }

    @Test
    void passesOverWhatItCannotReadAndCountsIt() {
        // given
        write("0", TextRecords.POISON, "2");

        // when
        follow(0L);

        // then
        await().atMost(PATIENCE).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("0", "2");
        assertThat(meters.get("orrery.tail.undecodable").counter().count()).isEqualTo(1);
    }

    @Test
    void triesARecordAgainThatMayBeReadableLater() {
        // given
        registryIsAway.set(3);
        write("0", "1");

        // when
        follow(0L);

        // then
        await().atMost(PATIENCE).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("0", "1");
        assertThat(registryIsAway).hasValue(0);
    }

    @Test
    void goesOnWithoutGapOrRepeatWhenTheBrokerIsBack() {
        // given
        write("0", "1");
        follow(0L);
        await().atMost(PATIENCE).until(() -> seen.size() == 2);

        // when
        SharedServers.kafka().bounce();
        write("2", "3");

        // then
        await().atMost(PATIENCE).until(() -> seen.size() >= 4);
        assertThat(seen).containsExactly("0", "1", "2", "3");
    }

    @Test
    void goesNoFasterThanItIsAskedTo() {
        // given
        var texts = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
        write(texts.toArray(String[]::new));
        var slow = new Slow();

        // when
        tail.tail(topic, 0, 0L).subscribe(slow);
        slow.request(3);

        // then
        await().atMost(PATIENCE).until(() -> seen.size() == 3);
        slow.request(Long.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> seen.size() == texts.size());
        assertThat(seen).isEqualTo(texts);
        slow.cancel();
    }

    @Test
    void knowsWhereAPartitionEnds() {
        // given
        write("0", "1", "2");

        // when
        var end = tail.endOffset(topic, 0).block(PATIENCE);

        // then
        assertThat(end).isEqualTo(3);
    }

    private final class Slow extends BaseSubscriber<Tailed<CancelRequested>> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // asks for nothing by itself
        }

        @Override
        protected void hookOnNext(Tailed<CancelRequested> tailed) {
            seen.add(TextRecords.text(tailed.event()));
        }
    }

    private <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> of) {
        if (registryIsAway.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SerializationException("the registry is away");
        }
        return TextRecords.decode(record, of);
    }

    private void follow(@Nullable Long from) {
        subscriptions.add(
                tail.tail(topic, 0, from)
                        .subscribe(tailed -> seen.add(TextRecords.text(tailed.event()))));
    }

    private void write(String... texts) {
        ScratchTopics.write(topic.name(), "key", texts);
    }

    private void forgetBefore(long offset) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(ScratchTopics.clientSettings())) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(topic.name(), 0),
                                    RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }
}
