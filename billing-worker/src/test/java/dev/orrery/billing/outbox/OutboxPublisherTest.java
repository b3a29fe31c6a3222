package dev.orrery.billing.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.billing.Books;
import dev.orrery.events.EntryPosted;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.publish.Publisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

class OutboxPublisherTest {

    private Books books;
    private final RecordingPublisher topic = new RecordingPublisher();

    @BeforeEach
    void openTheBooks() {
        books = new Books();
    }

    @Test
    void bringsEveryPostingToTheTopicInTheOrderOfItsNumber() throws SQLException {
        // given
        var wallet = books.wallet(5_000);
        var another = books.wallet(7_000);
        try (var publisher = running(topic)) {

            // when
            publisher.wake();

            // then
            await().untilAsserted(() -> assertThat(books.outbox()).isZero());
            assertThat(topic.keys()).isEqualTo(books.entryKeysInOrder());
            assertThat(topic.events)
                    .extracting(Event::key)
                    .containsExactly(wallet.toString(), another.toString());
        }
    }

    @Test
    void repeatsTheSameEventsWhenItWasCutOffBeforeRemovingThem() throws SQLException {
        // given
        books.wallet(5_000);
        books.wallet(7_000);
        topic.failFrom(2);
        var cutOff = outbox(topic);
        assertThat(cutOff.publishBatch().onErrorComplete().block()).isNull();
        var seenBefore = topic.ids();
        topic.failFrom(Integer.MAX_VALUE);

        // when
        var published = outbox(topic).publishBatch().block();

        // then
        assertThat(published).isEqualTo(2);
        assertThat(topic.ids()).startsWith(seenBefore.toArray(UUID[]::new)).doesNotContainNull();
        assertThat(topic.ids().stream().distinct()).hasSize(2);
        assertThat(books.outbox()).isZero();
    }

    @Test
    void drainsMoreThanOneBatchInOrder() throws SQLException {
        // given
        var wallet = books.wallet(5_000);
        books.payments(wallet, 2 * PostgresOutbox.BATCH);
        try (var publisher = running(topic)) {

            // when
            publisher.wake();

            // then
            await().untilAsserted(() -> assertThat(books.outbox()).isZero());
            assertThat(topic.keys()).isEqualTo(books.entryKeysInOrder());
        }
    }

    @Test
    void goesOnWhenTheBrokerIsBack() throws SQLException {
        // given
        topic.failFrom(1);
        books.wallet(5_000);
        try (var publisher = running(topic)) {
            publisher.wake();
            await().until(() -> topic.refused > 0);
            assertThat(books.outbox()).isEqualTo(1);

            // when
            topic.failFrom(Integer.MAX_VALUE);

            // then
            await().untilAsserted(() -> assertThat(books.outbox()).isZero());
            assertThat(topic.events).hasSize(1);
        }
    }

    @Test
    void leavesTheOutboxAloneWhileAnotherReplicaIsAtIt() throws SQLException {
        // given
        books.wallet(5_000);
        var slow = new RecordingPublisher();
        var release = slow.holdBack();
        var first = outbox(slow).publishBatch().toFuture();
        await().until(() -> !slow.events.isEmpty());

        // when
        var second = outbox(topic).publishBatch().block();

        // then
        assertThat(second).isZero();
        assertThat(topic.events).isEmpty();
        release.tryEmitEmpty();
        assertThat(first.join()).isEqualTo(1);
    }

    @Test
    void keepsItsTurnWhileABrokerIsAwayForLongerThanTheDatabaseWaits() throws SQLException {
        // given
        books.wallet(5_000);
        var impatient = books.connections(Map.of("idle_in_transaction_session_timeout", "300"));
        topic.acknowledgeAfter(Duration.ofSeconds(1));

        // when
        var published = outbox(topic, impatient).publishBatch().block();

        // then
        assertThat(published).isEqualTo(1);
        assertThat(books.outbox()).isZero();
    }

    private OutboxUnderTest running(Publisher publisher) {
        var started = new OutboxPublisher(outbox(publisher), new SimpleMeterRegistry());
        started.start();
        return new OutboxUnderTest(started);
    }

    private PostgresOutbox outbox(Publisher publisher) {
        return outbox(publisher, books.connections());
    }

    private static PostgresOutbox outbox(Publisher publisher, ConnectionFactory connections) {
        var transactions = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        return new PostgresOutbox(DatabaseClient.create(connections), transactions, publisher);
    }

    private record OutboxUnderTest(OutboxPublisher publisher) implements AutoCloseable {
        void wake() {
            publisher.wake();
        }

        @Override
        public void close() {
            publisher.stop();
        }
    }

    /** Keeps what it was given; may be told to fail, or to hold its acknowledgements back. */
    private static final class RecordingPublisher implements Publisher {

        private final List<Event<?>> events = new CopyOnWriteArrayList<>();
        private volatile int failFrom = Integer.MAX_VALUE;
        private volatile int refused;
        private volatile Mono<Void> acknowledgement = Mono.empty();

        /** Fails from the n-th event on, counted from 1. */
        void failFrom(int number) {
            failFrom = number;
        }

        void acknowledgeAfter(Duration delay) {
            acknowledgement = Mono.delay(delay).then();
        }

        reactor.core.publisher.Sinks.Empty<Void> holdBack() {
            var release = reactor.core.publisher.Sinks.<Void>empty();
            acknowledgement = release.asMono();
            return release;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one drain at a time
        public Mono<Void> publish(Event<?> event) {
            return Mono.defer(() -> {
                if (events.size() + 1 >= failFrom) {
                    refused++;
                    return Mono.error(new PublishFailed("the broker is away"));
                }
                events.add(event);
                return acknowledgement;
            });
        }

        List<String> keys() {
            return events.stream()
                    .map(event -> ((EntryPosted) event.value()).getEntryKey())
                    .toList();
        }

        List<UUID> ids() {
            return events.stream().map(event -> event.context().id()).toList();
        }
    }
}
