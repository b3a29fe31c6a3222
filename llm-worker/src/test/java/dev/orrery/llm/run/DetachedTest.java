package dev.orrery.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class DetachedTest {

    private final Detached detached = new Detached();
    private final Sinks.One<String> work = Sinks.one();

    @Test
    void givesItsResultToWhoeverStillWaits() {
        // given
        var result = detached.run(work.asMono()).toFuture();

        // when
        work.tryEmitValue("done");

        // then
        assertThat(result).isCompletedWithValue("done");
    }

    @Test
    void goesOnWhenNobodyWaits() {
        // given
        var done = new AtomicBoolean();
        var waiting = detached.run(work.asMono().doOnSuccess(value -> done.set(true))).subscribe();

        // when
        waiting.dispose();
        work.tryEmitValue("done");

        // then
        assertThat(done).isTrue();
    }

    @Test
    void beginsNothingBeforeItIsAskedTo() {
        // given
        var begun = new AtomicBoolean();

        // when
        detached.run(Mono.fromRunnable(() -> begun.set(true)));

        // then
        assertThat(begun).isFalse();
    }

    @Test
    void standsWhereWhoeverBeganItStands() {
        // given
        var place = Mono.deferContextual(context -> Mono.just(context.<String>get("place")));

        // when
        var found = detached.run(place).contextWrite(context -> context.put("place", "here"));

        // then
        assertThat(found.toFuture()).isCompletedWithValue("here");
    }

    @Test
    void passesAFailureOn() {
        // given
        var failure = new IllegalStateException("broken");

        // when
        var result = detached.run(Mono.error(failure)).toFuture();

        // then
        assertThat(result.exceptionNow()).isSameAs(failure);
    }

    @Test
    void waitsForWhatIsOpen() {
        // given
        detached.run(work.asMono()).subscribe();
        var idle = CompletableFuture.runAsync(() -> detached.awaitIdle(Duration.ofSeconds(20)));

        // when
        work.tryEmitValue("done");

        // then
        assertThat(idle).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void doesNotWaitForEver() {
        // given
        detached.run(work.asMono()).subscribe();

        // when / then
        assertThatCode(() -> detached.awaitIdle(Duration.ofMillis(20))).doesNotThrowAnyException();
    }
}
