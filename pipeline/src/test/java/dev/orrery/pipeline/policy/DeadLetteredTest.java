package dev.orrery.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.CancelRequested;
import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class DeadLetteredTest {

    private static final Throwable PERMANENT =
            new StageFailure.Permanent(
                    FailureCode.ALL_PROVIDERS_FAILED, "revision is not there", null);

    private final PolicyRig rig = new PolicyRig();

    @Test
    void tellsTheUserFirstAndThenBuriesTheRecord() {
        // given
        rig.handling.attempt();

        // when
        var handled = failWith(PERMANENT, PolicyRig.request(null));

        // then
        handled.verifyComplete();
        assertThat(rig.done)
                .containsExactly(
                        "gave up turn-1 all_providers_failed", "buried all_providers_failed");
        assertThat(rig.buried)
                .containsExactly(
                        new DeadLetter(
                                rig.handling.original(),
                                "test-group",
                                "all_providers_failed",
                                "revision is not there",
                                1));
        assertThat(rig.handling.outcome()).isEqualTo(Handling.Outcome.DEAD_LETTERED);
        assertThat(
                        rig.meters
                                .get(StageMeters.DEAD_LETTERED.meterName())
                                .tag("code", "all_providers_failed")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void takesWhatNobodyForesawForADefectAndRepeatsNothingThatItSays() {
        // given
        var defect = new IllegalStateException("user said: my password is hunter2");

        // when
        var handled = failWith(defect, PolicyRig.request(null));

        // then
        handled.verifyComplete();
        assertThat(rig.done).containsExactly("gave up turn-1 internal", "buried internal");
        assertThat(rig.buried.getFirst().reason())
                .startsWith("java.lang.IllegalStateException at ")
                .doesNotContain("hunter2");
    }

    @Test
    void tellsNobodyOfAnEventThatBelongsToNoTurn() {
        // given
        var value = new CancelRequested("turn-1", Instant.EPOCH);
        var context = PolicyRig.request(null).context();
        var event = new Event<>(Topics.CHAT_CANCELLATIONS, "turn-1", 0, value, context);

        // when
        var handled = failWith(PERMANENT, event);

        // then
        handled.verifyComplete();
        assertThat(rig.done).containsExactly("buried all_providers_failed");
    }

    @Test
    void keepsTryingUntilBothAreDone() {
        // given
        rig.failingGiveUps = 20;
        rig.failingBurials = 20;

        // when
        var handled = failWith(PERMANENT, PolicyRig.request(null));

        // then
        handled.thenAwait(Duration.ofHours(1)).verifyComplete();
        assertThat(rig.done)
                .containsExactly(
                        "gave up turn-1 all_providers_failed", "buried all_providers_failed");
    }

    @Test
    void buriesARecordWhoseTurnCanNeverBeGivenUp() {
        // given
        rig.lastingFailure = new IllegalStateException("BUG: an end that no row takes");

        // when
        var handled = failWith(PERMANENT, PolicyRig.request(null));

        // then
        handled.thenAwait(Duration.ofHours(1)).verifyComplete();
        assertThat(rig.done).containsExactly("buried all_providers_failed");
    }

    @Test
    void doesNothingAboutWhatWasHandled() {
        // given
        var request = PolicyRig.request(null);
        var deadLettered =
                new DeadLettered<ChatRequested>(cause -> Flux.empty(), rig.handling, rig.lastWord);

        // when
        var handled = StepVerifier.create(deadLettered.handle(request));

        // then
        handled.verifyComplete();
        assertThat(rig.done).isEmpty();
    }

    private <I extends SpecificRecord> StepVerifier.FirstStep<Event<?>> failWith(
            Throwable failure, Event<I> cause) {
        return StepVerifier.withVirtualTime(() ->
                new DeadLettered<I>(each -> Flux.error(failure), rig.handling, rig.lastWord)
                        .handle(cause));
    }
}
