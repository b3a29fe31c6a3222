package dev.orrery.pipeline.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.consume.GroupProtocol;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The trial of the stage: everything that may happen to a worker in a day, within half a minute.
 */
class StageTrialTest {

    private static final int EVENTS = 10_000;
    private static final int KEYS = 100;
    private static final int PER_SECOND = 500;
    private static final Set<Integer> POISONED_AFTER = Set.of(700, 4_200, 8_800);

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void keepsItsGuaranteesThroughARollingRestartABrokerBounceAndPoison(GroupProtocol protocol) {
        // given
        var name = protocol.name().toLowerCase(Locale.ROOT);
        try (var trial = new StageTrial(name, protocol, SharedServers.kafka())) {
            trial.start("a");
            trial.start("b");
            trial.start("c");
            trial.beginSending(EVENTS, KEYS, PER_SECOND, POISONED_AFTER);
            trial.awaitFinished(EVENTS / 10);

            // when
            trial.restart("a", "a-2");
            trial.restart("b", "b-2");
            trial.restart("c", "c-2");
            trial.bounceBroker();

            // then
            trial.awaitFinished(EVENTS + POISONED_AFTER.size());
            trial.awaitAllCommitted();
            assertThat(trial.guarantees().violations()).isEmpty();
            assertThat(trial.buried()).isGreaterThanOrEqualTo(POISONED_AFTER.size());
        }
    }
}
