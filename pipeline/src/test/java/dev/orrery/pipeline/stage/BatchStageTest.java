package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.consume.GroupSettings;
import dev.orrery.pipeline.consume.TextRecords;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.ScratchTopics;
import dev.orrery.pipeline.telemetry.RecordedSpans;
import dev.orrery.pipeline.telemetry.SpanNames;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import dev.orrery.topics.Topic;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** On the real broker, with a function that the test spoils. */
class BatchStageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Topic<CancelRequested> topic = ScratchTopics.fresh();

    /**
     * The last word of the topic's name: groups are named after stages, which are letters alone.
     */
    private final String group = "batch" + topic.name().substring("scratch.".length());

    private final List<List<String>> booked = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> buried = new CopyOnWriteArrayList<>();
    private final RecordedSpans recorded = new RecordedSpans();
    private final AtomicInteger outages = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final LiveSettings live = new LiveSettings(WorkerSettings.configured(1));
    private final BatchStageRunner<CancelRequested> runner =
            new BatchStageRunner<>(
                    BatchStage.named(group).reading(topic).handledBy(this::book),
                    new GroupSettings(ScratchTopics.clientSettings(), GroupProtocol.CLASSIC, null),
                    TextRecords::decode,
                    letter -> Mono.fromRunnable(() -> buried.add(letter)),
                    live,
                    StageSettings.DEFAULT,
                    recorded.spans(),
                    new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        runner.stop();
    }

    @Test
    void handsAWholePollToTheFunctionInOrder() {
        // given
        var texts = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
        ScratchTopics.write(topic.name(), "key", texts.toArray(String[]::new));

        // when
        runner.start();

        // then
        await().atMost(PATIENCE).until(() -> allBooked().size() == texts.size());
        assertThat(allBooked()).isEqualTo(texts);
        assertThat(booked).hasSizeLessThan(texts.size());
        await().atMost(PATIENCE).until(() -> committed() == texts.size());
    }

    @Test
    void findsTheFaultyEventsAndBuriesThemAloneAndBooksAllOthers() {
        // given
        ScratchTopics.write(
                topic.name(), "key", "1", "2", "faulty", "4", "5", "6", "unbookable", "8");

        // when
        runner.start();

        // then
        await().atMost(PATIENCE).until(() -> committed() == 8);
        assertThat(allBooked()).containsExactly("1", "2", "4", "5", "6", "8");
        assertThat(buried)
                .extracting(letter -> letter.original().offset() + " " + letter.code())
                .containsExactly("2 internal", "6 all_providers_failed");
        assertThat(buried)
                .extracting(letter -> TextRecords.text(letter.original()))
                .containsExactly("faulty", "unbookable");
    }

    @Test
    void recordsASpanForEachEventAndNotForTheCallsOfTheFunction() {
        // given
        ScratchTopics.write(topic.name(), "key", "1", "faulty", "3");

        // when
        runner.start();

        // then
        await().atMost(PATIENCE).until(() -> committed() == 3);
        assertThat(recorded.all())
                .extracting(span ->
                        span.getAttributes().get(SpanNames.MESSAGING_OFFSET)
                                + " "
                                + span.getAttributes().get(SpanNames.OUTCOME))
                .containsExactlyInAnyOrder("0 handled", "1 dead_lettered", "2 handled");
    }

    @Test
    void takesNothingWhileItIsPausedAndGoesOnAfterwards() {
        // given
        ScratchTopics.write(topic.name(), "key", "1");
        live.change(new WorkerSettings(1, null, true));
        runner.start();
        await().during(Duration.ofMillis(1_500)).until(booked::isEmpty);

        // when
        live.change(new WorkerSettings(1, null, false));

        // then
        await().atMost(PATIENCE).until(() -> allBooked().equals(List.of("1")));
    }

    @Test
    void buriesWhatIsNoEvent() {
        // given
        ScratchTopics.write(topic.name(), "key", "1", TextRecords.POISON, "3");

        // when
        runner.start();

        // then
        await().atMost(PATIENCE).until(() -> committed() == 3);
        assertThat(allBooked()).containsExactly("1", "3");
        assertThat(buried)
                .singleElement()
                .satisfies(letter -> assertThat(letter.code()).isEqualTo(DeadLetter.UNDECODABLE));
    }

    @Test
    void waitsForTheEndOfAnOutageAndBuriesNothing() {
        // given
        outages.set(Integer.MAX_VALUE);
        ScratchTopics.write(topic.name(), "key", "1", "2", "3");
        runner.start();
        await().atMost(PATIENCE).until(() -> calls.get() >= 3);
        assertThat(committed()).isZero();
        assertThat(runner.oldestOpen()).isPositive();
        assertThat(runner.inFlight()).isEqualTo(3);

        // when
        outages.set(0);

        // then
        await().atMost(PATIENCE).until(() -> committed() == 3);
        assertThat(allBooked()).containsExactly("1", "2", "3");
        assertThat(buried).isEmpty();
        assertThat(runner.oldestOpen()).isZero();
    }

    @Test
    void isReadingFromItsStartToItsStop() {
        // given
        runner.start();
        boolean reading = runner.isReading();

        // when
        runner.stop();

        // then
        assertThat(reading).isTrue();
        assertThat(runner.isReading()).isFalse();
        assertThat(runner.isRunning()).isFalse();
    }

    /** All or nothing, as one transaction would. */
    private Mono<Void> book(List<Event<CancelRequested>> events) {
        return Mono.fromRunnable(() -> {
            calls.incrementAndGet();
            if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new StageFailure.Transient("PostgreSQL is away", null);
            }
            var texts = events.stream().map(TextRecords::text).toList();
            if (texts.contains("faulty")) {
                throw new IllegalStateException("value out of range");
            }
            if (texts.contains("unbookable")) {
                throw new StageFailure.Permanent(
                        FailureCode.ALL_PROVIDERS_FAILED, "no such wallet", null);
            }
            booked.add(texts);
        });
    }

    private List<String> allBooked() {
        return booked.stream().flatMap(List::stream).toList();
    }

    private long committed() {
        try (var admin = Admin.create(ScratchTopics.clientSettings())) {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
