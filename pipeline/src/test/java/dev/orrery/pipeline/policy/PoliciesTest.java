package dev.orrery.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** All of them in their order. */
class PoliciesTest {

    private final PolicyRig rig = new PolicyRig();
    private final Policies policies =
            new Policies(rig.meters, PolicyRig.CLOCK, rig.giveUp(), rig.deadLetters());

    @Test
    void retryUntilTheDeadlineAndThenGiveUpWithoutBurying() {
        // given
        var away = new StageFailure.Transient("away", null);

        // when
        var handled = handleWith(away, Duration.ofSeconds(20));

        // then
        handled.thenAwait(Duration.ofSeconds(20)).verifyComplete();
        assertThat(rig.done).containsExactly("gave up turn-1 deadline_exceeded");
        assertThat(rig.handling.attempts()).isGreaterThan(4);
        assertThat(count("expired")).isEqualTo(1);
    }

    @Test
    void buryAtOnceWhatWillNeverPass() {
        // given
        var permanent = new StageFailure.Permanent(FailureCode.INTERNAL, "no", null);

        // when
        var handled = handleWith(permanent, Duration.ofSeconds(20));

        // then
        handled.verifyComplete();
        assertThat(rig.done).containsExactly("gave up turn-1 internal", "buried internal");
        assertThat(rig.handling.attempts()).isEqualTo(1);
        assertThat(count("dead_lettered")).isEqualTo(1);
    }

    @Test
    void buryWhatIsNoEventAsItWas() {
        // given
        var failure = new Undecodable("not a ChatRequested", null);

        // when
        var undecodable =
                StepVerifier.withVirtualTime(() -> policies.undecodable(rig.handling, failure));

        // then
        undecodable.verifyComplete();
        assertThat(rig.buried)
                .containsExactly(
                        new DeadLetter(
                                rig.handling.original(),
                                "test-group",
                                DeadLetter.UNDECODABLE,
                                "not a ChatRequested",
                                1));
        assertThat(count("undecodable")).isEqualTo(1);
    }

    private StepVerifier.FirstStep<?> handleWith(Throwable failure, Duration within) {
        StageHandler<ChatRequested> failing = cause -> Flux.error(failure);
        return StepVerifier.withVirtualTime(
                () -> policies.around(rig.handling, failing).handle(PolicyRig.request(within)));
    }

    private long count(String outcome) {
        return rig.meters
                .get(StageMeters.HANDLED.meterName())
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
