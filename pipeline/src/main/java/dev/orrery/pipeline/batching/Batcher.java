package dev.orrery.pipeline.batching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Joins calls: one is in flight, and whatever arrives meanwhile is the next one. Nothing waits for
 * company: a call that finds nothing in flight leaves at once, alone.
 *
 * <p>Thread safety: {@link #submit} may be called on any thread and never blocks, not even for a
 * lock: event loops ask as well. Results arrive on the thread that completed the call. A caller
 * that cancels is not waited for, but what it asked may still happen.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class Batcher<I, O> {

    private record Waiting<I, O>(I input, MonoSink<O> caller) {}

    private final Function<List<I>, Mono<List<O>>> call;
    private final int maxBatch;
    private final int maxWaiting;
    private final Duration longestCall;
    private final ConcurrentLinkedQueue<Waiting<I, O>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Whoever turns this to true owns the next batch; the answer of that batch turns it back. */
    private final AtomicBoolean inFlight = new AtomicBoolean();

    /**
     * @param call answers a batch with one answer an input, in the same order
     * @param maxBatch inputs of one call, at least 1
     * @param maxWaiting inputs that may wait, at least 1; one more is refused with {@link
     *     Overloaded}
     * @param longestCall how long one call may take, more than 0; a later answer is not waited for,
     *     its inputs fail with a {@link java.util.concurrent.TimeoutException}. Without it, a far
     *     side that never answers would hold back every later call
     */
    public Batcher(
            Function<List<I>, Mono<List<O>>> call,
            int maxBatch,
            int maxWaiting,
            Duration longestCall) {
        if (maxBatch < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "maxBatch: " + maxBatch + ", maxWaiting: " + maxWaiting + " (expected: >= 1)");
        }
        if (!longestCall.isPositive()) {
            throw new IllegalArgumentException("longestCall: " + longestCall + " (expected: > 0)");
        }
        this.call = call;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.longestCall = longestCall;
    }

    /** Asks; the answer comes with the batch this input travels in. */
    public Mono<O> submit(I input) {
        return Mono.create(caller -> enqueue(new Waiting<>(input, caller)));
    }

    private void enqueue(Waiting<I, O> next) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            next.caller().error(new Overloaded(maxWaiting));
            return;
        }
        queue.add(next);
        sendNext();
    }

    /**
     * Looks again after giving up the flag: what was queued in between found it taken and went
     * away.
     */
    private void sendNext() {
        while (!queue.isEmpty() && inFlight.compareAndSet(false, true)) {
            var batch = take();
            if (!batch.isEmpty()) {
                send(batch);
                return;
            }
            inFlight.set(false);
        }
    }

    private List<Waiting<I, O>> take() {
        var batch = new ArrayList<Waiting<I, O>>();
        while (batch.size() < maxBatch) {
            var next = queue.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        waiting.addAndGet(-batch.size());
        return batch;
    }

    private void send(List<Waiting<I, O>> batch) {
        var inputs = batch.stream().map(Waiting::input).toList();
        Mono.defer(() -> call.apply(inputs))
                .timeout(longestCall)
                .switchIfEmpty(
                        Mono.error(
                                () -> new IllegalStateException("BUG: a batch was not answered")))
                .subscribe(answers -> answer(batch, answers), failure -> fail(batch, failure));
    }

    private void answer(List<Waiting<I, O>> batch, List<O> answers) {
        if (answers.size() != batch.size()) {
            fail(
                    batch,
                    new IllegalStateException(
                            "BUG: "
                                    + answers.size()
                                    + " answers (expected: "
                                    + batch.size()
                                    + ")"));
            return;
        }
        // The next call leaves before anybody acts on this one's answers.
        landed();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).caller().success(answers.get(i));
        }
    }

    private void fail(List<Waiting<I, O>> batch, Throwable failure) {
        landed();
        batch.forEach(each -> each.caller().error(failure));
    }

    private void landed() {
        inFlight.set(false);
        sendNext();
    }

    /** More inputs wait than is allowed; nothing was asked. */
    public static final class Overloaded extends RuntimeException {
        private Overloaded(int maxWaiting) {
            super("waiting: more than " + maxWaiting);
        }
    }
}
