package dev.orrery.pipeline.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class BatcherTest {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    /** A far side whose answers the test gives by hand. */
    private static final class FarSide {
        final List<List<Integer>> asked = new ArrayList<>();
        final List<Sinks.One<List<Integer>>> answers = new ArrayList<>();

        Mono<List<Integer>> ask(List<Integer> inputs) {
            asked.add(inputs);
            var answer = Sinks.<List<Integer>>one();
            answers.add(answer);
            return answer.asMono();
        }

        /** Every input is answered with its negative. */
        void answer(int call) {
            answers.get(call)
                    .tryEmitValue(asked.get(call).stream().map(input -> -input).toList())
                    .orThrow();
        }
    }

    private final FarSide farSide = new FarSide();
    private final List<Integer> answered = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    @Test
    void sendsALoneInputAtOnce() {
        // given
        var batcher = new Batcher<>(farSide::ask, 10, 10, LONGEST_CALL);

        // when
        submit(batcher, 1);

        // then
        assertThat(farSide.asked).containsExactly(List.of(1));
    }

    @Test
    void sendsWhatWaitedTogetherWhenTheCallInFlightIsAnswered() {
        // given
        var batcher = new Batcher<>(farSide::ask, 10, 10, LONGEST_CALL);
        submit(batcher, 1, 2, 3, 4);

        // when
        farSide.answer(0);

        // then
        assertThat(farSide.asked).containsExactly(List.of(1), List.of(2, 3, 4));
        assertThat(answered).containsExactly(-1);
    }

    @Test
    void givesEachInputItsOwnAnswerInOrder() {
        // given
        var batcher = new Batcher<>(farSide::ask, 10, 10, LONGEST_CALL);
        submit(batcher, 1, 2, 3, 4);
        farSide.answer(0);

        // when
        farSide.answer(1);

        // then
        assertThat(answered).containsExactly(-1, -2, -3, -4);
    }

    @Test
    void keepsABatchWithinItsBound() {
        // given
        var batcher = new Batcher<>(farSide::ask, 2, 10, LONGEST_CALL);
        submit(batcher, 1, 2, 3, 4);

        // when
        farSide.answer(0);

        // then
        assertThat(farSide.asked).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void refusesWhatIsMoreThanMayWait() {
        // given
        var batcher = new Batcher<>(farSide::ask, 10, 2, LONGEST_CALL);
        submit(batcher, 1, 2, 3);

        // when
        submit(batcher, 4);

        // then
        assertThat(failed).singleElement().isInstanceOf(Batcher.Overloaded.class);
    }

    @Test
    void failsTheInputsOfAFailedCallAndNoOthers() {
        // given
        var batcher = new Batcher<>(farSide::ask, 10, 10, LONGEST_CALL);
        submit(batcher, 1, 2);

        // when
        farSide.answers.get(0).tryEmitError(new IllegalStateException("away")).orThrow();
        farSide.answer(1);

        // then
        assertThat(failed).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(answered).containsExactly(-2);
    }

    @Test
    void failsACallThatThrows() {
        // given
        Function<List<Integer>, Mono<List<Integer>>> broken =
                inputs -> {
                    throw new IllegalStateException("broken");
                };
        var batcher = new Batcher<>(broken, 10, 10, LONGEST_CALL);

        // when
        var result = batcher.submit(1);

        // then
        StepVerifier.create(result).verifyErrorMessage("broken");
    }

    @Test
    void givesUpACallThatIsNeverAnsweredAndSendsWhatWaitedBehindIt() {
        // given
        var time = VirtualTimeScheduler.getOrSet();
        try {
            var batcher = new Batcher<>(farSide::ask, 10, 10, LONGEST_CALL);
            submit(batcher, 1, 2, 3);

            // when
            time.advanceTimeBy(LONGEST_CALL);

            // then
            assertThat(failed).singleElement().isInstanceOf(TimeoutException.class);
            assertThat(farSide.asked).containsExactly(List.of(1), List.of(2, 3));
            farSide.answer(1);
            assertThat(answered).containsExactly(-2, -3);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void failsABatchThatIsAnsweredShort() {
        // given
        var batcher =
                new Batcher<Integer, Integer>(inputs -> Mono.just(List.of()), 10, 10, LONGEST_CALL);

        // when
        var result = batcher.submit(1);

        // then
        StepVerifier.create(result)
                .expectErrorSatisfies(failure -> assertThat(failure).hasMessageStartingWith("BUG"))
                .verify();
    }

    @Test
    void answersEveryInputOnceWhenManyThreadsAsk() {
        // given
        var sizes = new ConcurrentLinkedQueue<Integer>();
        var batcher =
                new Batcher<Integer, Integer>(
                        inputs -> {
                            sizes.add(inputs.size());
                            return Mono.just(inputs).publishOn(Schedulers.parallel());
                        },
                        100,
                        100_000,
                        LONGEST_CALL);

        // when
        var answers =
                Flux.range(0, 20_000)
                        .parallel(4)
                        .runOn(Schedulers.boundedElastic())
                        .flatMap(batcher::submit)
                        .sequential()
                        .collectList()
                        .block();

        // then
        assertThat(answers)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20_000).boxed().toList());
        assertThat(Collections.max(sizes)).isLessThanOrEqualTo(100);
    }

    private void submit(Batcher<Integer, Integer> batcher, int... inputs) {
        for (int input : inputs) {
            batcher.submit(input).subscribe(answered::add, failed::add);
        }
    }
}
