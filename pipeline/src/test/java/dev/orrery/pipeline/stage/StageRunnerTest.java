package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CancelRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.RecordDecoder;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.policy.Policies;
import dev.orrery.pipeline.tuning.LiveSettings;
import dev.orrery.pipeline.tuning.WorkerSettings;
import dev.orrery.topics.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The whole stage, with its real policies and lanes, between a source and a publisher of ours. */
class StageRunnerTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";

    private final HandFedSource source = new HandFedSource();
    private final List<Event<?>> published = new CopyOnWriteArrayList<>();
    private final Map<String, Sinks.Empty<Void>> unacknowledged = new ConcurrentHashMap<>();
    private final List<DeadLetter> buried = new CopyOnWriteArrayList<>();
    private final LiveSettings live = new LiveSettings(WorkerSettings.configured(8));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile boolean holdsAcknowledgements;
    private volatile RecordDecoder decoder = Inputs::decode;
    private StageHandler<CancelRequested> handler =
            cause -> Flux.just(cause.causes(Inputs.OUTPUT, cause.key(), cause.value()));

    private final StageRunner<CancelRequested> runner =
            new StageRunner<>(
                    Stage.named("test")
                            .reading(Inputs.INPUT)
                            .writing(Inputs.OUTPUT)
                            .handledBy(cause -> handler.handle(cause)),
                    source,
                    this::decode,
                    this::publish,
                    new Policies(
                            meters,
                            Clock.systemUTC(),
                            (turn, code) -> Mono.empty(),
                            letter -> Mono.fromRunnable(() -> buried.add(letter))),
                    live,
                    new StageSettings(8, 1_000, Duration.ofMillis(200), Duration.ofSeconds(60)),
                    meters);

    @AfterEach
    void stop() {
        runner.stop();
    }

    @Test
    void handlesARecordAndPublishesWhatItCauses() {
        // given
        runner.start();
        var partition = source.assign(0);

        // when
        partition.deliver(Inputs.record(7, "key", "hello"));

        // then
        await().until(() -> partition.committable().orElse(0) == 8);
        assertThat(published)
                .singleElement()
                .satisfies(event -> assertThat(event.value()).isEqualTo(Inputs.value("hello")));
    }

    @Test
    void isDoneWithARecordWhenEverythingItEmittedIsAcknowledged() {
        // given
        holdsAcknowledgements = true;
        handler = cause -> Flux.just(output(cause, "1"), output(cause, "2"));
        runner.start();
        var partition = source.assign(0);
        partition.deliver(Inputs.record(0, "key", "in"));
        await().until(() -> unacknowledged.size() == 2);
        acknowledge("1");
        assertThat(partition.committable()).hasValue(0);

        // when
        acknowledge("2");

        // then
        assertThat(partition.committable()).hasValue(1);
    }

    @Test
    void publishesInTheOrderOfEmissionWithoutWaitingForAcknowledgements() {
        // given
        holdsAcknowledgements = true;
        handler = cause -> Flux.range(0, 200).map(each -> output(cause, each.toString()));
        runner.start();
        var partition = source.assign(0);

        // when
        partition.deliver(Inputs.record(0, "key", "in"));

        // then
        await().until(() -> published.size() == 200);
        assertThat(published)
                .extracting(event -> ((CancelRequested) event.value()).getTurnId())
                .startsWith("0", "1", "2")
                .endsWith("198", "199");
    }

    @Test
    void buriesARecordThatIsNoEventAndGoesOnWithItsKey() {
        // given
        runner.start();
        var partition = source.assign(0);
        var poison = Inputs.record(0, "key", Inputs.POISON);

        // when
        partition.deliver(poison);
        partition.deliver(Inputs.record(1, "key", "next"));

        // then
        await().until(() -> partition.committable().orElse(0) == 2);
        assertThat(published).hasSize(1);
        assertThat(buried)
                .containsExactly(
                        new DeadLetter(poison, "test", DeadLetter.UNDECODABLE, "it is poison", 1));
    }

    @Test
    void decodesAgainWhatMayBeDecodableLater() {
        // given
        var attempts = new AtomicInteger();
        decoder =
                new RecordDecoder() {
                    @Override
                    public <T extends SpecificRecord> Event<T> decode(
                            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
                        if (attempts.incrementAndGet() < 3) {
                            throw new SerializationException("the registry is away");
                        }
                        return Inputs.decode(record, topic);
                    }
                };
        runner.start();
        var partition = source.assign(0);

        // when
        partition.deliver(Inputs.record(0, "key", "hello"));

        // then
        await().until(() -> partition.committable().orElse(0) == 1);
        assertThat(published).hasSize(1);
        assertThat(buried).isEmpty();
    }

    @Test
    void buriesWhatEmitsToATopicThatItsStageDoesNotDeclare() {
        // given
        var elsewhere = Inputs.topic("stage.elsewhere");
        handler = cause -> Flux.just(cause.causes(elsewhere, cause.key(), cause.value()));
        runner.start();
        var partition = source.assign(0);

        // when
        partition.deliver(Inputs.record(0, "key", "hello"));

        // then
        await().until(() -> partition.committable().orElse(0) == 1);
        assertThat(published).isEmpty();
        assertThat(buried)
                .singleElement()
                .satisfies(letter -> assertThat(letter.code()).isEqualTo("internal"))
                .satisfies(letter ->
                        assertThat(letter.reason())
                                .isEqualTo(
                                        "BUG: emitted to stage.elsewhere (expected: stage.out)"));
    }

    @Test
    void continuesTheTraceOfItsCause() {
        // given
        runner.start();
        var partition = source.assign(0);
        var record = Inputs.record(0, "key", "hello");
        record.headers().add("traceparent", Inputs.bytes("00-" + TRACE_ID + "-" + SPAN_ID + "-01"));

        // when
        partition.deliver(record);

        // then
        await().until(() -> !published.isEmpty());
        assertThat(published.getFirst().context().trace())
                .isNotNull()
                .returns(TRACE_ID, TraceParent::traceId)
                .returns(true, TraceParent::sampled)
                .returns(SPAN_ID, TraceParent::parentId); // nobody records a span of the stage
    }

    @Test
    void derivesTheSameIdWhenARecordIsDeliveredAgain() {
        // given
        runner.start();
        source.assign(0).deliver(Inputs.record(0, "key", "hello"));
        await().until(() -> published.size() == 1);

        // when
        source.assign(0).deliver(Inputs.record(0, "key", "hello"));

        // then
        await().until(() -> published.size() == 2);
        assertThat(published)
                .extracting(event -> event.context().id())
                .hasSize(2)
                .allSatisfy(id -> assertThat(id).isEqualTo(published.getFirst().context().id()));
    }

    @Test
    void appliesATunedLimitAtOnceAndShowsItsLoad() {
        // given
        holdsAcknowledgements = true;
        live.change(WorkerSettings.configured(1));
        runner.start();
        var partition = source.assign(0);
        for (int offset = 0; offset < 3; offset++) {
            partition.deliver(Inputs.record(offset, "key-" + offset, "text-" + offset));
        }
        await().until(() -> published.size() == 1);
        assertThat(gauge(StageMeters.IN_FLIGHT)).isEqualTo(1);
        assertThat(gauge(StageMeters.WAITING)).isEqualTo(2);

        // when
        live.change(WorkerSettings.configured(3));

        // then
        await().until(() -> published.size() == 3);
        assertThat(gauge(StageMeters.IN_FLIGHT)).isEqualTo(3);
    }

    @Test
    void beginsAndWantsNothingWhilePaused() {
        // given
        runner.start();
        var partition = source.assign(0);
        live.change(new WorkerSettings(8, null, true));

        // when
        partition.deliver(Inputs.record(0, "key", "hello"));

        // then
        assertThat(partition.wantsMore()).isFalse();
        assertThat(runner.inFlight()).isZero();
        live.change(WorkerSettings.configured(8));
        await().until(() -> published.size() == 1);
        assertThat(partition.wantsMore()).isTrue();
    }

    @Test
    void cancelsWhatHasNotFinishedWithinTheDrainTimeAndLeavesItOpen() {
        // given
        var cancelled = new AtomicInteger();
        handler = cause -> Flux.<Event<?>>never().doOnCancel(cancelled::incrementAndGet);
        runner.start();
        var partition = source.assign(0);
        partition.deliver(Inputs.record(0, "key", "hello"));
        await().until(() -> runner.inFlight() == 1);

        // when
        runner.stop();

        // then
        assertThat(cancelled).hasValue(1);
        assertThat(partition.committable()).hasValue(0);
        assertThat(runner.isRunning()).isFalse();
        assertThat(runner.isReading()).isFalse();
    }

    @Test
    void canBeStartedAgain() {
        // given
        runner.start();
        runner.stop();

        // when
        runner.start();

        // then
        source.assign(0).deliver(Inputs.record(0, "key", "hello"));
        await().until(() -> published.size() == 1);
    }

    private <T extends SpecificRecord> Event<T> decode(
            ConsumerRecord<byte[], byte[]> record, Topic<T> topic) {
        return decoder.decode(record, topic);
    }

    private Mono<Void> publish(Event<?> event) {
        return Mono.defer(() -> {
            published.add(event);
            var acknowledgement = Sinks.<Void>empty();
            if (holdsAcknowledgements) {
                unacknowledged.put(((CancelRequested) event.value()).getTurnId(), acknowledgement);
            } else {
                acknowledgement.tryEmitEmpty();
            }
            return acknowledgement.asMono();
        });
    }

    private void acknowledge(String text) {
        var acknowledgement = unacknowledged.remove(text);
        assertThat(acknowledgement).as(text).isNotNull();
        if (acknowledgement != null) {
            acknowledgement.tryEmitEmpty().orThrow();
        }
    }

    private static Event<CancelRequested> output(Event<CancelRequested> cause, String text) {
        return cause.causes(
                Inputs.OUTPUT, cause.key(), Inputs.value(text), Math.abs(text.hashCode()));
    }

    private double gauge(StageMeters meter) {
        return meters.get(meter.meterName()).tag("stage", "test").gauge().value();
    }
}
