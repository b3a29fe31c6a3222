package dev.orrery.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.pipeline.consume.GroupProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The trial of the stage: everything that may happen to a worker in a day, within half a minute.
 * Three instances meet a backlog that keeps them at their limits, so that every restart is a
 * rebalance under back-pressure; each is replaced in turn; the broker goes and comes back in the
 * middle of it; three records are poison. It has a broker of its own to bounce, and runs beside
 * other tests.
 */
@Execution(ExecutionMode.CONCURRENT)
abstract class StageTrialContract {

    private static final int EVENTS = 10_000;
    private static final int KEYS = 100;
    private static final int BACKLOG = 2_000;
    private static final Set<Integer> POISONED_AFTER = Set.of(700, 4_200, 8_800);

    @TempDir private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    /** Whose trial it is; also part of the names of its topics and its group. */
    abstract String name();

    abstract RecordSources sources();

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD)
    @EnumSource(GroupProtocol.class)
    void keepsItsGuaranteesThroughARollingRestartABrokerBounceAndPoison(GroupProtocol protocol) {
        // given
        var group = name() + protocol.name().toLowerCase(Locale.ROOT);
        try (var trial = new StageTrial(group, protocol, kafka, sources())) {
            trial.handlersTakeUpTo(Duration.ofMillis(150));
            trial.start("a");
            trial.start("b");
            trial.start("c");
            trial.beginSending(EVENTS, KEYS, BACKLOG, POISONED_AFTER);
            trial.awaitFinished(EVENTS / 20);

            // when
            trial.replace("a", "d");
            trial.replace("b", "e");
            trial.replace("c", "f");
            trial.bounceBroker();
            trial.handlersTakeUpTo(Duration.ofMillis(5));
            trial.endSending();

            // then
            trial.awaitAllCommitted();
            assertThat(trial.violations()).isEmpty();
            assertThat(trial.sent()).isGreaterThanOrEqualTo(EVENTS + POISONED_AFTER.size());
            assertThat(trial.buried())
                    .containsExactlyInAnyOrder("poison-700", "poison-4200", "poison-8800");
        }
    }
}
