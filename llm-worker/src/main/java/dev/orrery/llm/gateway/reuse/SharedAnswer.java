package dev.orrery.llm.gateway.reuse;

import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.gateway.answer.AnswerCollector;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.request.Generation.Question;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * One answer on its way to all who ask the same. The first one hears it as if it were alone;
 * whoever comes later is told what it has missed in one piece, and then hears every event when it
 * comes. Nobody waits for a slower one: what a caller has not taken waits with that caller. Beside
 * that, the answer so far stands here once.
 *
 * <p>States: running, then over: with the chain's end, or when the last caller has gone, which
 * breaks the chain off. Nobody joins what is over.
 *
 * <p>Thread safety: the chain's events come one at a time; callers come and go on any thread.
 * Nobody is told anything under the lock.
 */
final class SharedAnswer {

    /** Hears once that an answer is over, before any caller does. */
    @FunctionalInterface
    interface End {

        /**
         * @param outcome null when the chain was broken off, or has met a defect
         */
        void of(SharedAnswer answer, @Nullable Outcome outcome);
    }

    private final Flux<ChainEvent> chain;
    private final End end;
    private final AnswerCollector collector;
    private final List<Sinks.Many<ChainEvent>> callers = new CopyOnWriteArrayList<>();
    private final Sinks.Many<ChainEvent> first = caller();
    private final Disposable.Swap running = Disposables.swap();
    private boolean over;

    /**
     * @param chain is run once, when it is begun
     */
    SharedAnswer(Question question, Flux<ChainEvent> chain, End end) {
        this.chain = chain;
        this.end = end;
        this.collector = new AnswerCollector(question);
        this.callers.add(first);
    }

    private static Sinks.Many<ChainEvent> caller() {
        return Sinks.many().unicast().onBackpressureBuffer();
    }

    /** Begins the chain, for whoever has made this. To be subscribed to at once. */
    Flux<ChainEvent> begin() {
        running.update(chain.subscribe(this::tell, this::fail, this::complete));
        return heardBy(first, List.of());
    }

    /** For whoever comes later; null when it is over. To be subscribed to at once. */
    @Nullable Flux<ChainEvent> join() {
        var caller = caller();
        List<ChainEvent> missed;
        synchronized (this) {
            if (over) {
                return null;
            }
            callers.add(caller);
            missed = collector.soFar();
        }
        return heardBy(caller, missed);
    }

    private Flux<ChainEvent> heardBy(Sinks.Many<ChainEvent> caller, List<ChainEvent> missed) {
        return caller.asFlux().startWith(missed).doOnCancel(() -> leave(caller));
    }

    private void tell(ChainEvent event) {
        Outcome outcome;
        Iterator<Sinks.Many<ChainEvent>> hearing;
        synchronized (this) {
            if (over) {
                return;
            }
            outcome = collector.add(event);
            over = outcome != null;
            hearing = callers.iterator(); // whoever joins from here on has not missed it
        }
        if (outcome != null) {
            end.of(this, outcome);
        }
        hearing.forEachRemaining(caller -> caller.tryEmitNext(event)); // some may have gone
    }

    private void fail(Throwable defect) {
        close();
        callers.forEach(caller -> caller.tryEmitError(defect));
    }

    private void complete() {
        close();
        callers.forEach(Sinks.Many::tryEmitComplete);
    }

    private void leave(Sinks.Many<ChainEvent> caller) {
        if (wasLast(caller)) {
            end.of(this, null);
            running.dispose();
        }
    }

    /** Decided together with its going, so that nobody joins in between. */
    private synchronized boolean wasLast(Sinks.Many<ChainEvent> caller) {
        callers.remove(caller);
        boolean last = callers.isEmpty() && !over;
        over |= last;
        return last;
    }

    private void close() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        end.of(this, null);
    }
}
