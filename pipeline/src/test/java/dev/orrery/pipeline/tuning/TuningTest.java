package dev.orrery.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.WorkerTuning;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.topics.Topic;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TuningTest {

    private static final int CONFIGURED = 16;

    /** {@code ops.tuning} as the test writes it: everything from the beginning, to every reader. */
    private static final class WrittenByHand implements TopicTail {

        private final Sinks.Many<WorkerTuning> records = Sinks.many().replay().all();

        @Override
        @SuppressWarnings("unchecked") // asked for one topic alone
        public <T extends SpecificRecord> Flux<Tailed<T>> tail(
                Topic<T> topic, int partition, @Nullable Long from) {
            assertThat(topic).isEqualTo(Topics.OPS_TUNING);
            assertThat(from).isZero();
            return records.asFlux().map(each -> (Tailed<T>) new Tailed<>(event(each), 0));
        }

        @Override
        public Mono<Long> endOffset(Topic<?> topic, int partition) {
            throw new UnsupportedOperationException();
        }

        private static Event<WorkerTuning> event(WorkerTuning tuning) {
            var context =
                    new EventContext(
                            new UUID(0, 0), "ctl", Instant.EPOCH, "prompt", null, null, null);
            return new Event<>(Topics.OPS_TUNING, tuning.getWorker(), 0, tuning, context);
        }
    }

    private final WrittenByHand topic = new WrittenByHand();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Tuning tuning = new Tuning(topic, meters);

    @Test
    void leavesAWorkerAsConfiguredUntilSomebodyTunesIt() {
        // given
        tuning.start();

        // when
        write("llm", 3, null, false);

        // then
        assertThat(tuning.of("prompt", CONFIGURED).current())
                .isEqualTo(WorkerSettings.configured(CONFIGURED));
    }

    @Test
    void tellsAWorkerThatRunsOfEveryChange() {
        // given
        tuning.start();
        var told = new ArrayList<WorkerSettings>();
        tuning.of("prompt", CONFIGURED).follow(told::add);

        // when
        write("prompt", 3, 2.5, false);
        write("prompt", 4, null, true);

        // then
        assertThat(told)
                .containsExactly(
                        WorkerSettings.configured(CONFIGURED),
                        new WorkerSettings(3, 2.5, false),
                        new WorkerSettings(4, null, true));
    }

    @Test
    void knowsWhatWasWrittenBeforeTheWorkerWasThere() {
        // given
        write("prompt", 3, null, false);
        tuning.start();

        // when
        var settings = tuning.of("prompt", CONFIGURED);

        // then
        assertThat(settings.current().concurrency()).isEqualTo(3);
    }

    @Test
    void fallsBackToWhatIsConfiguredWhenAFieldIsLeftOut() {
        // given
        tuning.start();
        var settings = tuning.of("prompt", CONFIGURED);
        write("prompt", 3, 2.5, true);

        // when
        write("prompt", null, null, false);

        // then
        assertThat(settings.current()).isEqualTo(WorkerSettings.configured(CONFIGURED));
    }

    @Test
    void keepsWhatIsInForceWhenARecordMakesNoSense() {
        // given
        tuning.start();
        var settings = tuning.of("prompt", CONFIGURED);
        write("prompt", 3, null, false);

        // when
        write("prompt", 0, null, false);
        write("prompt", 5, -1.0, false);

        // then
        assertThat(settings.current().concurrency()).isEqualTo(3);
    }

    @Test
    void showsWhatIsInForceAsMetrics() {
        // given
        tuning.start();
        tuning.of("prompt", CONFIGURED);
        assertThat(gauges()).containsExactly(16.0, Double.NaN, 0.0);

        // when
        write("prompt", 3, 2.5, true);

        // then
        assertThat(gauges()).containsExactly(3.0, 2.5, 1.0);
    }

    @Test
    void tellsNothingMoreOnceStopped() {
        // given
        tuning.start();
        var settings = tuning.of("prompt", CONFIGURED);
        write("prompt", 3, null, false);
        tuning.stop();

        // when
        write("prompt", 4, null, false);

        // then
        assertThat(settings.current().concurrency()).isEqualTo(3);
    }

    @Test
    void tellsAFollowerTheNewestLastWhenItChangesWhileItBeginsToFollow() throws Exception {
        // given
        var settings = new LiveSettings(WorkerSettings.configured(1));
        var changing = new Thread(() -> settings.change(WorkerSettings.configured(2)));
        var told = new ArrayList<WorkerSettings>();

        // when
        settings.follow(each -> {
            if (changing.getState() == Thread.State.NEW) {
                changing.start();
                awaitEndOrWait(changing);
            }
            told.add(each);
        });
        changing.join();

        // then
        assertThat(told).last().isEqualTo(WorkerSettings.configured(2));
    }

    /** A thread that waits for its turn will have it; one that has ended has had it. */
    private static void awaitEndOrWait(Thread changing) {
        await().until(() ->
                changing.getState() == Thread.State.BLOCKED
                        || changing.getState() == Thread.State.TERMINATED);
    }

    @Test
    void stopsTellingAFollowerThatHasLeft() {
        // given
        var settings = new LiveSettings(WorkerSettings.configured(1));
        var told = new ArrayList<WorkerSettings>();
        var leave = settings.follow(told::add);

        // when
        leave.run();
        settings.change(WorkerSettings.configured(2));

        // then
        assertThat(told).containsExactly(WorkerSettings.configured(1));
    }

    private List<Double> gauges() {
        return List.of(
                gauge(StageMeters.CONCURRENCY_LIMIT),
                gauge(StageMeters.RATE_LIMIT),
                gauge(StageMeters.PAUSED));
    }

    private double gauge(StageMeters meter) {
        return meters.get(meter.meterName()).tag("stage", "prompt").gauge().value();
    }

    private void write(
            String worker,
            @Nullable Integer concurrency,
            @Nullable Double ratePerSecond,
            boolean paused) {
        topic.records
                .tryEmitNext(
                        WorkerTuning.newBuilder()
                                .setWorker(worker)
                                .setConcurrency(concurrency)
                                .setRatePerSecond(ratePerSecond)
                                .setPaused(paused)
                                .setChangedBy("ada")
                                .setChangedAt(Instant.EPOCH)
                                .build())
                .orThrow();
    }
}
