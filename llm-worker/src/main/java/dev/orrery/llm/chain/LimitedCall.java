package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * One call under its limits. Emits what is to be shown; completes when the model has ended or a
 * limit has passed, which of them {@link CallStream#end} tells; fails when the call has failed. A
 * call that has not ended by itself is broken off first.
 *
 * <p>Ends for certain, and once. Composed of ready-made operators it did not: an upstream that
 * throws while it is cancelled took the end of the whole chain with it.
 *
 * <p>Threads: chunks come one at a time, the timers from elsewhere; the subscriber hears one signal
 * at a time, though on changing threads.
 */
final class LimitedCall extends Flux<ChainEvent.Piece> {

    private static final Logger log = LoggerFactory.getLogger(LimitedCall.class);

    /** How long a model that has finished may take to state its usage and close. */
    private static final Duration LONGEST_EPILOGUE = Duration.ofSeconds(2);

    private final Flux<ModelChunk> chunks;
    private final CallStream stream;
    private final Ticker ticker;

    /**
     * @param stream judges the chunks; used by one subscription
     */
    LimitedCall(Flux<ModelChunk> chunks, CallStream stream, Ticker ticker) {
        this.chunks = chunks;
        this.stream = stream;
        this.ticker = ticker;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ChainEvent.Piece> reader) {
        chunks.subscribe(new Listener(reader));
    }

    private final class Listener implements CoreSubscriber<ModelChunk>, Subscription {

        private final CoreSubscriber<? super ChainEvent.Piece> reader;
        private final Disposable.Composite timers = Disposables.composite();
        private final Disposable.Swap watch = Disposables.swap();
        private final AtomicBoolean ended = new AtomicBoolean();

        /** Signals that are being given or wait to be; whoever raises it from 0 gives them. */
        private final AtomicInteger signals = new AtomicInteger();

        private volatile @Nullable Subscription call;
        private volatile @Nullable Throwable failure;
        private boolean inEpilogue;

        Listener(CoreSubscriber<? super ChainEvent.Piece> reader) {
            this.reader = reader;
            timers.add(watch);
        }

        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            call = subscription;
            reader.onSubscribe(this);
            watch();
        }

        /** One timer a call: it is set anew when it goes off, not with each chunk. */
        private void watch() {
            var wait = Duration.ofNanos(stream.nanosToNextCheck(ticker.now()));
            watch.update(ticker.after(wait).subscribe(tick -> check()));
        }

        private void check() {
            if (stream.isLate(ticker.now())) {
                end(null);
            } else if (!stream.isFinished()) {
                watch();
            }
        }

        @Override
        public void onNext(ModelChunk chunk) {
            try {
                var piece = ended.get() ? null : stream.take(chunk, ticker.now());
                if (stream.isFinished() && !inEpilogue) {
                    inEpilogue = true;
                    timers.add(ticker.after(LONGEST_EPILOGUE).subscribe(tick -> end(null)));
                }
                if (piece != null) {
                    show(piece);
                } else {
                    request(1);
                }
            } catch (Throwable thrown) {
                Exceptions.throwIfJvmFatal(thrown);
                end(thrown);
            }
        }

        private void show(ChainEvent.Piece piece) {
            if (!signals.compareAndSet(0, 1)) {
                return; // the end has come first
            }
            try {
                reader.onNext(piece);
            } finally {
                if (signals.decrementAndGet() != 0) {
                    giveEnd();
                }
            }
        }

        @Override
        public void onError(Throwable thrown) {
            call = null; // nothing is left to be broken off
            end(stream.isFinished() ? null : thrown);
        }

        @Override
        public void onComplete() {
            call = null;
            end(null);
        }

        private void end(@Nullable Throwable thrown) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            failure = thrown;
            breakOff();
            if (signals.getAndIncrement() == 0) {
                giveEnd();
            }
        }

        private void giveEnd() {
            var thrown = failure;
            if (thrown == null) {
                reader.onComplete();
            } else {
                reader.onError(thrown);
            }
        }

        private void breakOff() {
            timers.dispose();
            var running = call;
            try {
                if (running != null) {
                    running.cancel();
                }
            } catch (Throwable thrown) {
                Exceptions.throwIfJvmFatal(thrown);
                log.error("BUG: a call could not be broken off", thrown);
            }
        }

        @Override
        public void request(long pieces) {
            var running = call;
            if (running != null) {
                running.request(pieces);
            }
        }

        @Override
        public void cancel() {
            if (ended.compareAndSet(false, true)) {
                breakOff();
            }
        }
    }
}
