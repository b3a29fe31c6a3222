package dev.orrery.llm.chain;

import dev.orrery.llm.chain.Course.Next;
import reactor.core.publisher.Flux;

/**
 * One call that a chain makes, from its admission on. Whoever has one subscribes to its pieces, and
 * sees to it that its end is told to {@link #heard}: also when it is cancelled before that.
 *
 * @param pieces what it shows; made once
 * @param stream judges it
 * @param heard tells the listeners of it
 */
record Attempt(Next.Call next, Flux<ChainEvent.Piece> pieces, CallStream stream, HeardCall heard) {

    Step step() {
        return next.step();
    }

    int number() {
        return next.number();
    }
}
