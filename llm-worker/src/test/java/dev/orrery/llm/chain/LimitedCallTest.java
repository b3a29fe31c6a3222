package dev.orrery.llm.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A call ends for certain, and once, whatever its upstream does. */
class LimitedCallTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ModelChunk TEXT = new ModelChunk.TextDelta("a");
    private static final ChainEvent.Piece SHOWN = new ChainEvent.Text("a");
    private static final ModelChunk FINISH = new ModelChunk.Finished(FinishReason.STOP);

    private final ManualTime time = new ManualTime();

    @Test
    void endsAtItsLimitThoughTheUpstreamThrowsWhenItIsCancelled() {
        // given
        var call =
                call(
                        Flux.just(TEXT)
                                .concatWith(Mono.never())
                                .doOnCancel(() -> {
                                    throw new IllegalStateException("cancel");
                                }));

        // when
        var heard = StepVerifier.create(call).expectNext(SHOWN).then(() -> time.advance(LIMIT));

        // then
        heard.expectComplete().verify(Duration.ofSeconds(10));
    }

    @Test
    void endsThoughItsReaderThrows() {
        // given
        var upstream = TestPublisher.<ModelChunk>create();
        var reader =
                new Recorder() {
                    @Override
                    protected void hookOnNext(ChainEvent.Piece piece) {
                        throw new AssertionError("reader");
                    }
                };
        call(upstream.flux()).subscribe(reader);

        // when
        upstream.next(TEXT);

        // then
        assertThat(reader.ends).containsExactly("reader");
        upstream.assertCancelled();
    }

    @Test
    void failsWithTheFailureOfAChunkAndBreaksTheCallOff() {
        // given
        var upstream = TestPublisher.<ModelChunk>create();
        var reader = new Recorder();
        call(upstream.flux()).subscribe(reader);

        // when
        upstream.next(TEXT, new ModelChunk.Finished(FinishReason.FILTERED));

        // then
        assertThat(reader.pieces).containsExactly(SHOWN);
        assertThat(reader.ends).hasSize(1);
        upstream.assertCancelled();
    }

    @Test
    void doesNotFailBehindTheFinish() {
        // given
        var upstream = TestPublisher.<ModelChunk>create();
        var reader = new Recorder();
        call(upstream.flux()).subscribe(reader);

        // when
        upstream.next(TEXT, FINISH).error(new IllegalStateException("late"));

        // then
        assertThat(reader.ends).containsExactly(Recorder.COMPLETE);
    }

    @Test
    void asksForAnotherChunkInPlaceOfOneThatShowsNothing() {
        // given
        var silent = new ModelChunk.ReasoningDelta("hm");
        var call = call(Flux.just(silent, silent, TEXT, silent, TEXT).concatWith(Mono.never()));

        // when
        var heard = StepVerifier.create(call, 1).expectNext(SHOWN).thenRequest(1);

        // then
        heard.expectNext(SHOWN).thenCancel().verify(Duration.ofSeconds(10));
    }

    @Test
    void saysNothingAfterItIsCancelled() {
        // given
        var upstream =
                TestPublisher.<ModelChunk>createNoncompliant(
                        TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        var reader = new Recorder();
        call(upstream.flux()).subscribe(reader);

        // when
        reader.cancel();
        upstream.next(TEXT);
        time.advance(LIMIT.multipliedBy(10));

        // then
        assertThat(reader.pieces).isEmpty();
        assertThat(reader.ends).isEmpty();
    }

    @Test
    void endsOnceWhenTextLimitAndEndComeTogether() throws Exception {
        // given
        var ticks = new AtomicInteger();
        for (int round = 0; round < 2_000; round++) {
            var alarm = Sinks.unsafe().many().unicast().<ModelChunk>onBackpressureBuffer();
            var manual = new ManualTime();
            var call = new LimitedCall(alarm.asFlux(), stream(manual.ticker()), manual.ticker());
            var reader = new Recorder();
            call.subscribe(reader);
            var together = new CyclicBarrier(2);
            boolean failing = round % 2 == 0;

            // when
            var upstream =
                    Thread.ofPlatform()
                            .start(() -> {
                                meet(together);
                                alarm.tryEmitNext(TEXT);
                                alarm.tryEmitNext(TEXT);
                                if (failing) {
                                    alarm.tryEmitError(new ModelFailure.ServerError("500", null));
                                } else {
                                    alarm.tryEmitComplete();
                                }
                            });
            meet(together);
            manual.advance(LIMIT);
            upstream.join();

            // then
            assertThat(reader.ends).as("round %d", round).hasSize(1);
            assertThat(reader.overlapped).isFalse();
            ticks.addAndGet(reader.pieces.size());
        }
        assertThat(ticks.get()).as("texts that came before the limit").isPositive();
    }

    private LimitedCall call(Flux<ModelChunk> chunks) {
        return new LimitedCall(chunks, stream(time.ticker()), time.ticker());
    }

    private static CallStream stream(Ticker ticker) {
        long began = ticker.now();
        return new CallStream(
                new Limits(LIMIT, LIMIT, LIMIT, LIMIT),
                began,
                began + LIMIT.multipliedBy(4).toNanos(),
                1_000,
                false);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Keeps what it hears, and notices two signals at once. */
    private static class Recorder extends BaseSubscriber<ChainEvent.Piece> {

        static final String COMPLETE = "complete";

        final List<ChainEvent.Piece> pieces = new ArrayList<>();
        final List<String> ends = new ArrayList<>();
        volatile boolean overlapped;
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        protected void hookOnNext(ChainEvent.Piece piece) {
            alone(() -> pieces.add(piece));
        }

        @Override
        protected void hookOnComplete() {
            alone(() -> ends.add(COMPLETE));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            alone(() -> ends.add(String.valueOf(failure.getMessage())));
        }

        private void alone(Runnable signal) {
            overlapped |= inside.incrementAndGet() > 1;
            signal.run();
            inside.decrementAndGet();
        }
    }
}
