package dev.orrery.ingest.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReplyTailsTest {

    private static final UUID TURN = new UUID(0, 1);
    private static final int HOME = 0;
    private static final int ELSEWHERE = 1;

    private final ScriptedTopic topic = new ScriptedTopic();
    private final ReplyTails tails =
            new ReplyTails(
                    topic,
                    new ReplySettings(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            10,
                            100,
                            DataSize.ofMegabytes(1),
                            2,
                            10,
                            10,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)),
                    new DoorSettings(HOME, 3));

    @AfterEach
    void stop() {
        tails.stop();
    }

    @Test
    void hasNoAddressBeforeTheBrokerAnswers() {
        // given
        topic.failures.set(1);
        var health = new ReplyHealth(tails);

        // when
        tails.start();

        // then
        assertThat(tails.address()).isEmpty();
        assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
        await().until(() -> tails.address().isPresent());
        assertThat(tails.address()).contains(new ReplyAddress(HOME, ScriptedTopic.END));
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void servesItsHomeFromTheOneTailThatIsAlwaysOpen() {
        // given
        tails.start();
        await().until(() -> topic.opened.size() == 1);

        // when
        var reading = read(HOME, ScriptedTopic.END);

        // then
        assertThat(topic.opened).containsExactly("0 from 100");
        assertThat(tails.foreignTails()).isZero();
        reading.dispose();
    }

    @Test
    void readsTimesBeforeItBeganFromTheStoredPosition() {
        // given
        tails.start();
        await().until(() -> topic.opened.size() == 1);

        // when
        var reading = read(HOME, 40);

        // then
        await().until(() -> topic.opened.equals(List.of("0 from 100", "0 from 40")));
        reading.dispose();
        await().until(() -> topic.closed.equals(List.of("0 from 40")));
    }

    @Test
    void sharesAForeignTailUntilItsLastReaderLeaves() {
        // given
        var first = read(ELSEWHERE, 40);
        var second = read(ELSEWHERE, 50);
        await().until(() -> topic.opened.size() == 1);

        // when
        first.dispose();
        int afterTheFirst = tails.foreignTails();
        second.dispose();

        // then
        assertThat(afterTheFirst).isEqualTo(1);
        assertThat(tails.foreignTails()).isZero();
        await().until(() -> topic.closed.equals(List.of("1 from 40")));
        assertThat(topic.opened).containsExactly("1 from 40");
    }

    @Test
    void opensNoMoreForeignTailsThanItMay() {
        // given
        var readings = List.of(read(ELSEWHERE, 40), read(ELSEWHERE, 30));

        // when
        var third = tails.follow(TURN, ELSEWHERE, 20);

        // then
        assertThatThrownBy(third::blockFirst).isInstanceOf(Problem.class);
        readings.forEach(Disposable::dispose);
        assertThat(tails.foreignTails()).isZero();
    }

    private Disposable read(int partition, long from) {
        return tails.follow(TURN, partition, from).subscribe();
    }

    /** A topic in which nothing is ever said. */
    private static final class ScriptedTopic implements TopicTail {

        private static final long END = 100;

        private final AtomicInteger failures = new AtomicInteger();
        private final List<String> opened = new CopyOnWriteArrayList<>();
        private final List<String> closed = new CopyOnWriteArrayList<>();

        @Override
        public <T extends SpecificRecord> Flux<Tailed<T>> tail(
                Topic<T> topic, int partition, @Nullable Long from) {
            var name = partition + " from " + from;
            return Flux.<Tailed<T>>never()
                    .doOnSubscribe(subscribed -> opened.add(name))
                    .doOnCancel(() -> closed.add(name));
        }

        @Override
        public Mono<Long> endOffset(Topic<?> topic, int partition) {
            return Mono.defer(() ->
                    failures.getAndDecrement() > 0
                            ? Mono.error(new IllegalStateException("the broker is away"))
                            : Mono.just(END));
        }
    }
}
