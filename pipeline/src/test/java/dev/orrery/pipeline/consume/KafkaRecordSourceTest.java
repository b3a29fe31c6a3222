package dev.orrery.pipeline.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.publish.ScratchTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the real broker. What happens in a rebalance is left to the trial of the stage. */
class KafkaRecordSourceTest {

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final String topic = ScratchTopics.fresh().name();
    private final String group = topic.replace('.', '-');
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<KafkaRecordSource> started = new ArrayList<>();

    @BeforeEach
    void patience() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        started.forEach(each -> each.stop(DRAIN));
        Awaitility.reset();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void goesOnAfterARestartWhereItLeftOff(GroupProtocol protocol) {
        // given
        ScratchTopics.write(topic, "key", "1", "2");
        var first = new TakingIntake();
        var source = start(first, protocol, null);
        await().until(() -> first.texts.size() == 2);
        source.stop(DRAIN);
        var second = new TakingIntake();

        // when
        ScratchTopics.write(topic, "key", "3");
        start(second, protocol, null);

        // then
        await().until(() -> !second.texts.isEmpty());
        assertThat(second.texts).containsExactly("3");
        assertThat(first.ended).containsExactly(0);
    }

    @Test
    void replacesAReaderThatFailsAndIsGivenItsRecordsAgain() {
        // given
        ScratchTopics.write(topic, "key", "1", "2");
        var intake =
                new TakingIntake() {
                    private final AtomicBoolean failed = new AtomicBoolean();

                    @Override
                    void before(ConsumerRecord<byte[], byte[]> record) {
                        if (TextRecords.text(record).equals("2") && !failed.getAndSet(true)) {
                            throw new IllegalStateException("a window overflowed");
                        }
                    }
                };

        // when
        start(intake, GroupProtocol.CLASSIC, null);

        // then
        await().until(() -> intake.texts.contains("2"));
        assertThat(restarts()).isEqualTo(1);
        assertThat(intake.ended).contains(0);
    }

    @Test
    void replacesAReaderThatStandsStill() {
        // given
        var aliveWhileStuck = new AtomicBoolean(true);
        var intake =
                new TakingIntake() {
                    private final AtomicBoolean stuck = new AtomicBoolean();

                    @Override
                    boolean wantsMore() {
                        if (!stuck.getAndSet(true)) {
                            blockUntilInterrupted();
                            aliveWhileStuck.set(started.getFirst().isAlive());
                            throw new IllegalStateException("interrupted by the watchdog");
                        }
                        return true;
                    }
                };

        // when
        var source = start(intake, GroupProtocol.CLASSIC, null);

        // then
        await().until(() -> restarts() == 1 && source.isAlive());
        assertThat(aliveWhileStuck).isFalse();
        ScratchTopics.write(topic, "key", "1");
        await().until(() -> intake.texts.contains("1"));
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void findsItsPartitionsWhereItLeftThemWhenItHasAName(GroupProtocol protocol) {
        // given
        var shared = topic + ".shared";
        ScratchTopics.create(shared, 2);
        var staying = new TakingIntake();
        var leaving = new TakingIntake();
        start(shared, staying, protocol, "staying");
        var source = start(shared, leaving, protocol, "leaving");
        await().until(() -> staying.partitions.size() == 1 && leaving.partitions.size() == 1);
        var its = List.copyOf(leaving.partitions);
        staying.ended.clear();
        source.stop(DRAIN);
        var back = new TakingIntake();

        // when
        start(shared, back, protocol, "leaving");

        // then
        await().until(() -> back.partitions.size() == 1);
        assertThat(back.partitions).containsExactlyElementsOf(its);
        assertThat(staying.ended).isEmpty();
    }

    @Test
    void isAliveFromItsStartToItsStop() {
        // given
        var source = start(new TakingIntake(), GroupProtocol.CLASSIC, null);
        await().until(source::isAlive);

        // when
        source.stop(DRAIN);

        // then
        assertThat(source.isAlive()).isFalse();
    }

    private KafkaRecordSource start(
            Intake intake, GroupProtocol protocol, @Nullable String instanceId) {
        return start(topic, intake, protocol, instanceId);
    }

    private KafkaRecordSource start(
            String from, Intake intake, GroupProtocol protocol, @Nullable String instanceId) {
        var settings = new GroupSettings(ScratchTopics.clientSettings(), protocol, instanceId);
        var source = new KafkaRecordSource(settings, group, from, meters, Duration.ofSeconds(2));
        started.add(source);
        source.start(intake);
        return source;
    }

    private double restarts() {
        return meters.counter(StageMeters.SOURCE_RESTARTS.meterName(), "stage", group).count();
    }

    private static void blockUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException watchdog) {
            Thread.currentThread().interrupt();
        }
    }
}
