package dev.orrery.pipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.topics.Topics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ExpiredTest {

    private final PolicyRig rig = new PolicyRig();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Test
    void doesNotBeginWhatNobodyWaitsForAnyMore() {
        // given
        var handler = answering();

        // when
        var handled = handle(handler, Duration.ofMillis(-1));

        // then
        handled.verifyComplete();
        assertThat(begun).isFalse();
        assertThat(rig.done).containsExactly("gave up turn-1 deadline_exceeded");
        assertThat(rig.handling.outcome()).isEqualTo(Handling.Outcome.EXPIRED);
    }

    @Test
    void cancelsWhatOverrunsItsDeadlineAfterAGrace() {
        // given
        var handler = hanging();

        // when
        var handled = handle(handler, Duration.ofSeconds(10));

        // then
        handled.expectSubscription()
                .expectNoEvent(Duration.ofMillis(11_999))
                .then(() -> assertThat(rig.done).isEmpty())
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
        assertThat(cancelled).isTrue();
        assertThat(rig.done).containsExactly("gave up turn-1 deadline_exceeded");
    }

    @Test
    void givesUpWhatRanOutOfTimeBetweenItsRetries() {
        // given
        StageHandler<ChatRequested> handler =
                cause -> Flux.error(new DeadlinePassed("while it was tried again"));

        // when
        var handled = handle(handler, Duration.ofSeconds(10));

        // then
        handled.verifyComplete();
        assertThat(rig.done).containsExactly("gave up turn-1 deadline_exceeded");
    }

    @Test
    void leavesAloneWhatIsInTime() {
        // given
        var handler = answering();

        // when
        var handled = handle(handler, Duration.ofSeconds(10));

        // then
        handled.expectNextCount(1).verifyComplete();
        assertThat(rig.done).isEmpty();
        assertThat(rig.handling.outcome()).isEqualTo(Handling.Outcome.HANDLED);
    }

    @Test
    void letsWhatHasNoDeadlineTakeItsTime() {
        // given
        var handler = hanging();

        // when
        var handled = handle(handler, null);

        // then
        handled.expectSubscription().expectNoEvent(Duration.ofDays(1)).thenCancel().verify();
        assertThat(rig.done).isEmpty();
    }

    private StepVerifier.FirstStep<Event<?>> handle(
            StageHandler<ChatRequested> handler, @Nullable Duration within) {
        return StepVerifier.withVirtualTime(() ->
                new Expired<>(handler, rig.handling, rig.lastWord, PolicyRig.CLOCK)
                        .handle(PolicyRig.request(within)));
    }

    private StageHandler<ChatRequested> answering() {
        return cause -> {
            begun.set(true);
            return Flux.just(cause.causes(Topics.CHAT_REQUESTS, "key", cause.value()));
        };
    }

    private StageHandler<ChatRequested> hanging() {
        return cause -> Flux.<Event<?>>never().doOnCancel(() -> cancelled.set(true));
    }
}
