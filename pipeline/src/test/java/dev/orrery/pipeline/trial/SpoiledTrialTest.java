package dev.orrery.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.consume.GroupProtocol;
import dev.orrery.pipeline.consume.Intake;
import dev.orrery.pipeline.consume.KafkaRecordSource;
import dev.orrery.pipeline.consume.PartitionIntake;
import dev.orrery.pipeline.consume.RecordSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The trial on trial: stages with a defect each, on the real broker. It has to find every one. */
class SpoiledTrialTest {

    private static final int EVENTS = 600;
    private static final int KEYS = 20;

    @Test
    void findsRecordsThatAreDroppedAndCommittedAllTheSame() {
        // given
        UnaryOperator<PartitionIntake> dropping =
                intake ->
                        new Spoiled(intake) {
                            @Override
                            public void deliver(ConsumerRecord<byte[], byte[]> record) {
                                if (record.offset() % 10 != 3) {
                                    super.deliver(record);
                                }
                            }
                        };

        // when
        var violations = violationsOf("dropping", dropping);

        // then
        assertThat(violations)
                .anyMatch(each -> each.startsWith("every event is handled"))
                .anyMatch(each -> each.startsWith("in order per key"))
                .anyMatch(each -> each.startsWith("no commit beyond"));
    }

    /** Even such lanes may begin in order by chance; they end out of it. */
    @Test
    void findsLanesThatTakeNoHeedOfTheKey() {
        // given
        UnaryOperator<PartitionIntake> scattering =
                intake ->
                        new Spoiled(intake) {
                            @Override
                            public void deliver(ConsumerRecord<byte[], byte[]> record) {
                                super.deliver(inALaneOfItsOwn(record));
                            }
                        };

        // when
        var violations = violationsOf("scattering", scattering);

        // then
        assertThat(violations)
                .anyMatch(each -> each.startsWith("one at a time per key"))
                .anyMatch(each -> each.startsWith("every effect is written, in order per key"));
    }

    @Test
    void findsACommitAheadOfTheWork() {
        // given
        UnaryOperator<PartitionIntake> hasty =
                intake ->
                        new Spoiled(intake) {
                            @Override
                            public OptionalLong committable() {
                                return received;
                            }
                        };

        // when
        var violations = violationsOf("hasty", hasty);

        // then
        assertThat(violations).anyMatch(each -> each.startsWith("no commit beyond"));
    }

    /**
     * The key's bytes with a number that the decoder cuts off again: the lane is the record's own,
     * what is handled is the same.
     */
    private static ConsumerRecord<byte[], byte[]> inALaneOfItsOwn(
            ConsumerRecord<byte[], byte[]> record) {
        var key = TrialEvents.text(record.key()) + TrialEvents.KEY_END + record.offset();
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                TrialEvents.bytes(key),
                record.value());
    }

    private static List<String> violationsOf(String name, UnaryOperator<PartitionIntake> spoiling) {
        RecordSources sources =
                (settings, group, topic, meters) ->
                        new SpoiledSource(
                                new KafkaRecordSource(settings, group, topic, meters), spoiling);
        try (var trial =
                new StageTrial(name, GroupProtocol.CLASSIC, SharedServers.kafka(), sources)) {
            trial.handlersTakeUpTo(Duration.ofMillis(60));
            trial.start("a");
            trial.beginSending(EVENTS, KEYS, EVENTS, Set.of());
            trial.endSending();
            trial.awaitAllCommitted();
            return trial.violations();
        }
    }

    private record SpoiledSource(RecordSource source, UnaryOperator<PartitionIntake> spoiling)
            implements RecordSource {

        @Override
        public void start(Intake intake) {
            source.start(partition -> spoiling.apply(intake.assigned(partition)));
        }

        @Override
        public void stop(Duration drain) {
            source.stop(drain);
        }

        @Override
        public boolean isAlive() {
            return source.isAlive();
        }
    }

    private static class Spoiled implements PartitionIntake {

        private final PartitionIntake intake;
        protected volatile OptionalLong received = OptionalLong.empty();

        Spoiled(PartitionIntake intake) {
            this.intake = intake;
        }

        @Override
        public boolean wantsMore() {
            return intake.wantsMore();
        }

        @Override
        public void deliver(ConsumerRecord<byte[], byte[]> record) {
            received = OptionalLong.of(record.offset() + 1);
            intake.deliver(record);
        }

        @Override
        public OptionalLong committable() {
            return intake.committable();
        }

        @Override
        public void end() {
            intake.end();
        }

        @Override
        public void awaitIdle(Duration atMost) throws InterruptedException {
            intake.awaitIdle(atMost);
        }
    }
}
