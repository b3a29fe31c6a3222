package dev.orrery.pipeline.backoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class BackoffTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    @Test
    void drawsEachWaitFromNothingToACeilingThatDoubles() {
        for (int failures = 0; failures < 6; failures++) {
            long ceiling = 100L << failures;
            for (int draw = 0; draw < 200; draw++) {
                assertThat(BACKOFF.delay(failures).toMillis()).isBetween(1L, ceiling);
            }
        }
    }

    @Test
    void neverWaitsLongerThanTheLongest() {
        // given
        long manyFailures = Long.MAX_VALUE;

        // when
        var wait = BACKOFF.delay(manyFailures);

        // then
        assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
    }

    @Test
    void triesAgainWhatPassesAndSaysSoBeforeEachWait() {
        // given
        var attempts = new AtomicInteger();
        var waits = new ArrayList<Duration>();
        var flaky =
                Mono.fromCallable(() -> {
                    if (attempts.incrementAndGet() <= 3) {
                        throw new IllegalStateException("away");
                    }
                    return attempts.get();
                });

        // when
        var tried =
                StepVerifier.withVirtualTime(() ->
                        flaky.retryWhen(
                                BACKOFF.forever(
                                        IllegalStateException.class::isInstance,
                                        (failure, wait) -> waits.add(wait))));

        // then
        tried.thenAwait(Duration.ofMinutes(1)).expectNext(4).verifyComplete();
        assertThat(waits).hasSize(3);
    }

    @Test
    void letsAnyOtherFailureThrough() {
        // given
        var broken = Mono.error(new IllegalArgumentException("broken"));

        // when
        var tried =
                StepVerifier.create(
                        broken.retryWhen(
                                BACKOFF.forever(
                                        IllegalStateException.class::isInstance,
                                        (failure, wait) -> {})));

        // then
        tried.verifyErrorMessage("broken");
    }

    @Test
    void refusesCeilingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("first: PT2S, longest: PT1S");
    }
}
