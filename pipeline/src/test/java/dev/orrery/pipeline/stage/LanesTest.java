package dev.orrery.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.tuning.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** On one thread, in virtual time. */
class LanesTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Lanes lanes = new Lanes(time, () -> time.now(TimeUnit.NANOSECONDS), settings(10));
    private final List<String> begun = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Map<String, Sinks.Empty<Void>> inFlight = new HashMap<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void beginsOneAtATimePerKey() {
        // given
        submit("a1", "a2", "a3");

        // when
        end("a1");

        // then
        assertThat(begun).containsExactly("a1", "a2");
    }

    @Test
    void goesOnWithAKeyInItsOrder() {
        // given
        submit("a1", "a2", "a3");

        // when
        end("a1", "a2", "a3");

        // then
        assertThat(begun).containsExactly("a1", "a2", "a3");
        assertThat(lanes.inFlight()).isZero();
    }

    @Test
    void handlesManyKeysAtOnceUpToTheLimit() {
        // given
        lanes.change(settings(2));

        // when
        submit("a1", "b1", "c1");

        // then
        assertThat(begun).containsExactly("a1", "b1");
        assertThat(lanes.waiting()).isEqualTo(1);
    }

    @Test
    void beginsMoreAsSoonAsTheLimitIsRaised() {
        // given
        lanes.change(settings(1));
        submit("a1", "b1", "c1");

        // when
        lanes.change(settings(3));

        // then
        assertThat(begun).containsExactly("a1", "b1", "c1");
    }

    @Test
    void lowersTheLimitWithoutCancellingAnything() {
        // given
        submit("a1", "b1", "c1", "d1");
        lanes.change(settings(1));
        submit("e1");

        // when
        end("a1", "b1", "c1");

        // then
        assertThat(cancelled).isEmpty();
        assertThat(begun).doesNotContain("e1");
        end("d1");
        assertThat(begun).endsWith("e1");
    }

    @Test
    void letsABusyKeyStarveNobody() {
        // given
        lanes.change(settings(1));
        submit("a1", "a2", "a3", "b1");

        // when
        end("a1");

        // then
        assertThat(begun).containsExactly("a1", "b1");
    }

    @Test
    void freesTheLaneOfWorkThatFails() {
        // given
        submit("a1", "a2");

        // when
        sink("a1").tryEmitError(new IllegalStateException("BUG")).orThrow();

        // then
        assertThat(begun).containsExactly("a1", "a2");
    }

    @Test
    void freesTheLaneOfWorkThatCannotEvenBegin() {
        // given
        lanes.submit(
                'a',
                () -> {
                    throw new IllegalStateException("BUG");
                });

        // when
        submit("a2");

        // then
        assertThat(begun).containsExactly("a2");
    }

    @Test
    void beginsNothingWhilePausedAndGoesOnAfterwards() {
        // given
        submit("a1");
        lanes.change(new WorkerSettings(10, null, true));
        submit("b1");
        end("a1");
        assertThat(begun).containsExactly("a1");

        // when
        lanes.change(settings(10));

        // then
        assertThat(begun).containsExactly("a1", "b1");
    }

    @Test
    void beginsNoFasterThanTheRate() {
        // given
        lanes.change(new WorkerSettings(10, 2.0, false));

        // when
        submit("a1", "b1", "c1", "d1");

        // then
        assertThat(begun).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(500));
        assertThat(begun).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(1_000));
        assertThat(begun).hasSize(4);
    }

    @Test
    void appliesAnotherRateAtOnce() {
        // given
        lanes.change(new WorkerSettings(10, 0.01, false));
        submit("a1", "b1", "c1");
        assertThat(begun).hasSize(1);

        // when
        lanes.change(settings(10));

        // then
        assertThat(begun).hasSize(3);
    }

    @Test
    void hasRoomForAsManyAsMayWaitAndForNoneWhilePaused() {
        // given
        lanes.change(settings(1));
        submit("a1", "b1");

        // when
        boolean room = lanes.hasRoom(2);
        boolean full = lanes.hasRoom(1);
        lanes.change(new WorkerSettings(1, null, true));

        // then
        assertThat(room).isTrue();
        assertThat(full).isFalse();
        assertThat(lanes.hasRoom(2)).isFalse();
    }

    @Test
    void knowsTheAgeOfTheOldestInFlight() {
        // given
        submit("a1");
        time.advanceTimeBy(Duration.ofSeconds(3));
        submit("b1");
        time.advanceTimeBy(Duration.ofSeconds(2));

        // when
        var oldest = lanes.oldestOpen();
        end("a1");

        // then
        assertThat(oldest).isEqualTo(Duration.ofSeconds(5));
        assertThat(lanes.oldestOpen()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isNotStalledByAPause() {
        // given
        lanes.change(new WorkerSettings(10, null, true));
        submit("a1");

        // when
        time.advanceTimeBy(Duration.ofMinutes(5));

        // then
        assertThat(lanes.stalledFor()).isZero();
    }

    @Test
    void cancelsWhatIsInFlight() {
        // given
        submit("a1", "b1");

        // when
        lanes.cancelAll();

        // then
        assertThat(cancelled).containsExactly("a1", "b1");
        assertThat(lanes.inFlight()).isZero();
    }

    private static WorkerSettings settings(int concurrency) {
        return WorkerSettings.configured(concurrency);
    }

    /** The first letter of a work is its key. */
    private void submit(String... names) {
        for (String name : names) {
            lanes.submit(name.charAt(0), () -> begin(name));
        }
        time.advanceTime();
    }

    private Mono<Void> begin(String name) {
        begun.add(name);
        var end = Sinks.<Void>empty();
        inFlight.put(name, end);
        return end.asMono().doOnCancel(() -> cancelled.add(name));
    }

    private void end(String... names) {
        for (String name : names) {
            sink(name).tryEmitEmpty().orThrow();
            time.advanceTime();
        }
    }

    private Sinks.Empty<Void> sink(String name) {
        Sinks.@Nullable Empty<Void> end = inFlight.remove(name);
        return Objects.requireNonNull(end, name + " is not in flight");
    }
}
