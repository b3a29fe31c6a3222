package dev.orrery.pipeline.batching;

import java.util.ArrayList;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Joins calls: one is in flight, and whatever arrives meanwhile is the next one. No timers: a call that finds nothing in
 * flight leaves at once, alone.
 *
 * <p>Thread safety: {@link #submit} may be called on any thread and never blocks. Results arrive on the thread that
 * completed the call. A caller that cancels is not waited for, but what it asked may still happen.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class Batcher<I, O> {

    private record Waiting<I, O>(I input, MonoSink<O> caller) {}

    private final Function<List<I>, Mono<List<O>>> call;
    private final int maxBatch;
    private final int maxWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting<I, O>> waiting = new ArrayDeque<>();
    private boolean inFlight;

    /**
     * @param call answers a batch with one answer an input, in the same order
     * @param maxBatch inputs of one call, at least 1
     * @param maxWaiting inputs that may wait, at least 1; one more is refused with {@link Overloaded}
     */
    public Batcher(Function<List<I>, Mono<List<O>>> call, int maxBatch, int maxWaiting) {
        if (maxBatch < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "maxBatch: " + maxBatch + ", maxWaiting: " + maxWaiting + " (expected: >= 1)");
        }
        this.call = call;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
    }

    /** Asks; the answer comes with the batch this input travels in. */
    public Mono<O> submit(I input) {
        return Mono.create(caller -> enqueue(new Waiting<>(input, caller)));
    }

    private void enqueue(Waiting<I, O> next) {
        List<Waiting<I, O>> batch;
        lock.lock();
        try {
            if (waiting.size() >= maxWaiting) {
                batch = null;
            } else {
                waiting.add(next);
                batch = inFlight ? List.of() : take();
            }
        } finally {
            lock.unlock();
        }
        if (batch == null) {
            next.caller().error(new Overloaded(maxWaiting));
        } else if (!batch.isEmpty()) {
            send(batch);
        }
    }

    /** Called with the lock held. */
    private List<Waiting<I, O>> take() {
        var batch = new ArrayList<Waiting<I, O>>(Math.min(waiting.size(), maxBatch));
        while (!waiting.isEmpty() && batch.size() < maxBatch) {
            batch.add(waiting.remove());
        }
        inFlight = !batch.isEmpty();
        return batch;
    }

    private void send(List<Waiting<I, O>> batch) {
        var inputs = batch.stream().map(Waiting::input).toList();
        Mono.defer(() -> call.apply(inputs))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("BUG: a batch was not answered")))
                .subscribe(answers -> answer(batch, answers), failure -> fail(batch, failure));
    }

    private void answer(List<Waiting<I, O>> batch, List<O> answers) {
        if (answers.size() != batch.size()) {
            fail(
                    batch,
                    new IllegalStateException(
                            "BUG: " + answers.size() + " answers (expected: " + batch.size() + ")"));
            return;
        }
        // The next call leaves before anybody acts on this one's answers.
        sendNext();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).caller().success(answers.get(i));
        }
    }

    private void fail(List<Waiting<I, O>> batch, Throwable failure) {
        sendNext();
        batch.forEach(each -> each.caller().error(failure));
    }

    private void sendNext() {
        List<Waiting<I, O>> batch;
        lock.lock();
        try {
            batch = take();
        } finally {
            lock.unlock();
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    /** More inputs wait than is allowed; nothing was asked. */
    public static final class Overloaded extends RuntimeException {
        private Overloaded(int maxWaiting) {
            super("waiting: more than " + maxWaiting);
        }
    }
}
