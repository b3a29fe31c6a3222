package dev.orrery.llm.chain;

import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A call that is slow to begin, and the next one of the chain beside it. Whichever shows something
 * first is kept; the other one is broken off, and what it has cost is counted like every call's.
 *
 * <p>States: alone, until the wait is over; then two, unless the gates refuse the second one or
 * there is none; then decided, by the first thing that is shown or by the failure of both. Decided
 * is also who fails or shows something alone: nothing is begun beside it any more. Where one of two
 * fails, the other goes on, and when that one fails too the chain goes on behind both.
 *
 * <p>Thread safety: the two calls signal on threads of their own, so every change of state, and
 * with it every use of the {@link Course} until it is decided, holds the lock. Nothing waits in it.
 */
final class Hedge {

    private final Walk walk;
    private final Course course;
    private final Attempt leader;
    private final Ticker ticker;

    private @Nullable Attempt rival;
    private @Nullable Attempt fallen;
    private boolean surrendered;

    /** The attempt that the chain goes on with, written once, under the lock. */
    private volatile @Nullable Attempt kept;

    Hedge(Walk walk, Course course, Attempt leader, Ticker ticker) {
        this.walk = walk;
        this.course = course;
        this.leader = leader;
        this.ticker = ticker;
    }

    /**
     * What the chain tells from here on, to its end.
     *
     * @param wait until the rival is begun
     */
    Flux<ChainEvent> events(Duration wait) {
        return Flux.firstWithValue(
                side(leader, walk.told(leader, () -> isKept(leader))),
                ticker.pause(wait).thenMany(Flux.defer(this::beside)));
    }

    private Flux<ChainEvent> beside() {
        var begun = begin();
        return begun == null
                ? Flux.empty()
                : side(begun, announced(begun, walk.told(begun, () -> isKept(begun))));
    }

    private synchronized @Nullable Attempt begin() {
        if (kept != null) {
            return null;
        }
        rival = walk.rivalOf(leader);
        if (rival != null) {
            rival.heard().began();
        }
        return rival;
    }

    /** That it was asked is told once it counts: with the first thing that it shows. */
    private static Flux<ChainEvent> announced(Attempt attempt, Flux<ChainEvent> told) {
        var began = new ChainEvent.CallBegan(attempt.number(), attempt.step(), false);
        return told.switchOnFirst((first, all) -> first.hasValue() ? all.startWith(began) : all);
    }

    /** Ends without a word when the attempt has failed and the other one goes on. */
    private Flux<ChainEvent> side(Attempt attempt, Flux<ChainEvent> told) {
        return told.doOnCancel(() -> leave(attempt))
                .onErrorResume(failure -> fall(attempt, walk.classified(failure)));
    }

    private boolean isKept(Attempt attempt) {
        if (kept == null) {
            decide(attempt);
        }
        return kept == attempt;
    }

    private synchronized void decide(Attempt attempt) {
        if (kept != null) {
            return;
        }
        kept = attempt;
        var other = running(attempt);
        if (other == null) {
            return;
        }
        var toll = other.heard().soFar(CallTrace.LOST_TO_HEDGE);
        if (other == rival) {
            course.rivalLost(other.next(), toll);
        } else {
            course.brokenOff(other.next(), CallTrace.LOST_TO_HEDGE, toll);
        }
    }

    /** It is cancelled: with the whole chain, or because the other one is kept. */
    private synchronized void leave(Attempt attempt) {
        boolean lost = kept != null && kept != attempt && !surrendered;
        if (lost) {
            attempt.heard().lost();
        } else {
            attempt.heard().cancelled();
        }
    }

    private Flux<ChainEvent> fall(Attempt attempt, ModelFailure failure) {
        var next = after(attempt, failure);
        return next == null ? Flux.empty() : walk.follow(next);
    }

    /** What comes next; null for nothing from this side. */
    private synchronized @Nullable Next after(Attempt attempt, ModelFailure failure) {
        if (kept != null && kept != attempt) {
            walk.tell(attempt, failure); // about to be broken off, and has ended by itself
            return null;
        }
        var other = kept == null ? running(attempt) : null;
        if (other == null) {
            kept = attempt;
            return walk.failed(attempt, failure);
        }
        fallen = attempt;
        var end = course.failedBeside(attempt.next(), failure, walk.tell(attempt, failure));
        if (end != null) {
            kept = attempt;
            surrendered = true;
            course.brokenOff(
                    other.next(), CallReport.CANCELLED, other.heard().soFar(CallReport.CANCELLED));
        }
        return end;
    }

    /** The other one, if it goes on. */
    private @Nullable Attempt running(Attempt attempt) {
        var other = attempt == leader ? rival : leader;
        return other == fallen ? null : other;
    }
}
