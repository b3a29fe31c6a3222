package dev.orrery.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RetriedTest {

    private final PolicyRig rig = new PolicyRig();
    private final Queue<Throwable> failures = new ArrayDeque<>();
    private final List<Long> attemptedAtMillis = new ArrayList<>();
    private final StageHandler<ChatRequested> retried =
            new Retried<>(this::attempt, rig.handling, rig.meters, PolicyRig.CLOCK);

    @Test
    void triesAgainWhatMayPass() {
        // given
        failures.add(new StageFailure.Transient("away", null));
        failures.add(new PublishFailed("not acknowledged"));
        failures.add(new R2dbcTransientResourceException("connection reset"));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.thenAwait(Duration.ofMinutes(1)).expectNextCount(1).verifyComplete();
        assertThat(rig.handling.attempts()).isEqualTo(4);
        assertThat(rig.meters.get(StageMeters.RETRIED.meterName()).counter().count()).isEqualTo(3);
    }

    @Test
    void waitsNoLessThanTheFailingSideAskedFor() {
        // given
        failures.add(new StageFailure.Transient("busy", null, Duration.ofSeconds(30)));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.expectSubscription()
                .expectNoEvent(Duration.ofMillis(29_999))
                .thenAwait(Duration.ofMillis(1))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void waitsLongerAndLongerButNeverLongerThanItsCeiling() {
        // given
        for (int failure = 0; failure < 200; failure++) {
            failures.add(new StageFailure.Transient("away", null));
        }

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.thenAwait(Duration.ofHours(1)).expectNextCount(1).verifyComplete();
        for (int attempt = 1; attempt < attemptedAtMillis.size(); attempt++) {
            long waited = attemptedAtMillis.get(attempt) - attemptedAtMillis.get(attempt - 1);
            assertThat(waited).isBetween(1L, Math.min(5_000L, 100L << Math.min(attempt - 1, 20)));
        }
    }

    @Test
    void givesUpAtTheDeadline() {
        // given
        for (int failure = 0; failure < 1_000; failure++) {
            failures.add(new StageFailure.Transient("away", null));
        }

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(Duration.ofSeconds(10)));

        // then
        handled.thenAwait(Duration.ofSeconds(10)).verifyError(DeadlinePassed.class);
        assertThat(attemptedAtMillis.getLast() - attemptedAtMillis.getFirst()).isEqualTo(10_000);
    }

    @Test
    void doesNotWaitForWhatIsPromisedAfterTheDeadline() {
        // given
        failures.add(new StageFailure.Transient("busy", null, Duration.ofSeconds(30)));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(Duration.ofSeconds(10)));

        // then
        handled.expectSubscription().expectError(DeadlinePassed.class).verify();
        assertThat(attemptedAtMillis).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatWillNeverPass() {
        // given
        failures.add(new StageFailure.Permanent(FailureCode.INTERNAL, "no such bot", null));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.verifyError(StageFailure.Permanent.class);
        assertThat(attemptedAtMillis).hasSize(1);
    }

    @Test
    void doesNotTryAgainAnEventThatIsItselfRefused() {
        // given
        var tooLarge = new RecordTooLargeException("1,200,000 bytes");
        failures.add(new PublishFailed("chat.prompts: refused", tooLarge));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.verifyError(PublishFailed.class);
        assertThat(attemptedAtMillis).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatNobodyForesaw() {
        // given
        failures.add(new IllegalStateException("BUG"));

        // when
        var handled = StepVerifier.withVirtualTime(() -> handle(null));

        // then
        handled.verifyError(IllegalStateException.class);
        assertThat(attemptedAtMillis).hasSize(1);
    }

    @Test
    void repeatsUnderTheSameIdsWhatAHalfDoneAttemptHasEmitted() {
        // given
        var emitted = new ArrayList<Event<?>>();
        StageHandler<ChatRequested> half =
                cause ->
                        Flux.concat(
                                Flux.just(
                                        cause.causes(
                                                Topics.REPLAY_REQUESTS, "key", cause.value(), 7)),
                                attempt(cause));
        failures.add(new StageFailure.Transient("away", null));
        var retriedHalf = new Retried<>(half, rig.handling, rig.meters, PolicyRig.CLOCK);

        // when
        var handled =
                StepVerifier.withVirtualTime(
                        () -> retriedHalf.handle(PolicyRig.request(null)).doOnNext(emitted::add));

        // then
        handled.thenAwait(Duration.ofMinutes(1)).expectNextCount(3).verifyComplete();
        assertThat(emitted.get(1).context().id()).isEqualTo(emitted.get(0).context().id());
        assertThat(emitted.get(2).context().id()).isNotEqualTo(emitted.get(0).context().id());
    }

    private Flux<Event<?>> handle(@Nullable Duration within) {
        return retried.handle(PolicyRig.request(within));
    }

    private Flux<Event<?>> attempt(Event<ChatRequested> cause) {
        return Flux.defer(() -> {
            attemptedAtMillis.add(PolicyRig.CLOCK.millis());
            var failure = failures.poll();
            return failure == null
                    ? Flux.just(cause.causes(Topics.CHAT_REQUESTS, "key", cause.value()))
                    : Flux.error(failure);
        });
    }
}
