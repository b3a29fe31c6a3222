package dev.orrery.llm.chain;

import dev.orrery.llm.chain.CallGate.Admission;
import dev.orrery.llm.chain.Course.Next;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One chain on its way. Its signals come one at a time, though on changing threads; where two calls
 * go on beside each other, {@link Hedge} sees to that.
 */
final class Walk {

    private final ChainRequest request;
    private final Course course;
    private final ModelTerms terms;
    private final CallGate gate;
    private final Attempts attempts;
    private final Hedging hedging;
    private final Ticker ticker;
    private final Clock clock;
    private final ChainLog log;
    private final long deadline;
    private volatile boolean shown;
    private volatile boolean hedged;
    private volatile @Nullable Instant firstTokenAt;

    Walk(
            ChainRequest request,
            Course course,
            ModelTerms terms,
            CallGate gate,
            Attempts attempts,
            Hedging hedging,
            Clock clock) {
        this.request = request;
        this.course = course;
        this.terms = terms;
        this.gate = gate;
        this.attempts = attempts;
        this.hedging = hedging;
        this.ticker = attempts.ticker();
        this.clock = clock;
        this.log = new ChainLog(request);
        this.deadline = ticker.now() + request.patience().toNanos();
    }

    Flux<ChainEvent> begin() {
        return follow(course.begin(left()));
    }

    /** Does what comes next, to the end of the chain. */
    Flux<ChainEvent> follow(Next next) {
        return switch (next) {
            case Next.Call call ->
                    ticker.pause(call.pause()).thenMany(Flux.defer(() -> make(call)));
            case Next.Surrender surrender -> Flux.just(surrendered(surrender));
        };
    }

    private Flux<ChainEvent> make(Next.Call next) {
        var call = call(next, course.traces());
        return switch (gate.admit(call, next.lastResort())) {
            case Admission.Granted granted ->
                    ask(attempts.of(next, call, granted.listener(), deadline));
            case Admission.Refused refused ->
                    follow(course.refused(next, refused.reason(), left()));
        };
    }

    private Call call(Next.Call next, List<CallTrace> before) {
        var call = new Call(request, next.number(), next.step(), before);
        return terms.dropsTools(next.step()) ? call.withoutTools() : call;
    }

    private Flux<ChainEvent> ask(Attempt attempt) {
        var began = new ChainEvent.CallBegan(attempt.number(), attempt.step(), shown);
        shown = false;
        attempt.heard().began();
        var patience = patience(attempt);
        return Flux.concat(
                        Mono.just(began),
                        patience == null
                                ? alone(attempt)
                                : new Hedge(this, course, attempt, ticker).events(patience))
                .doOnCancel(attempt.heard()::cancelled);
    }

    /** How long the attempt may show nothing before it is given a rival; null when it gets none. */
    private @Nullable Duration patience(Attempt attempt) {
        return request.conduct().hedged() && !hedged ? hedging.patience(attempt.step()) : null;
    }

    private Flux<ChainEvent> alone(Attempt attempt) {
        return told(attempt, () -> true)
                .onErrorResume(failure -> follow(failed(attempt, classified(failure))));
    }

    /**
     * What an attempt shows, and at the end that it has answered.
     *
     * @param isKept whether what it shows is wanted; asked before anything of it is shown
     */
    Flux<ChainEvent> told(Attempt attempt, BooleanSupplier isKept) {
        return attempt.pieces()
                .filter(piece -> isKept.getAsBoolean())
                .map(piece -> show(piece, attempt))
                .concatWith(Mono.defer(() -> Mono.justOrEmpty(ended(attempt, isKept))));
    }

    private ChainEvent show(ChainEvent.Piece piece, Attempt attempt) {
        if (!shown) {
            shown = true;
            firstTokenAt = clock.instant();
            attempt.heard().firstText();
        }
        if (piece instanceof ChainEvent.Text text) {
            attempt.heard().text(text.text());
        }
        return piece;
    }

    private @Nullable ChainEvent ended(Attempt attempt, BooleanSupplier isKept) {
        var finishReason = attempt.stream().end(); // fails when that was no answer
        return isKept.getAsBoolean() ? answered(attempt, finishReason) : null;
    }

    private ChainEvent answered(Attempt attempt, FinishReason finishReason) {
        course.answered(attempt.next(), attempt.heard().answered(finishReason));
        var traces = ended();
        var firstToken = firstTokenAt;
        return new ChainEvent.Answered(
                attempt.step(),
                finishReason,
                attempt.stream().usage(),
                firstToken == null ? clock.instant() : firstToken,
                traces);
    }

    /** An attempt has failed, and none goes on beside it: what comes next. */
    Next failed(Attempt attempt, ModelFailure failure) {
        var toll = tell(attempt, failure);
        if (shown && !request.conduct().startsOver()) {
            return course.failedForGood(attempt.next(), failure, toll);
        }
        return course.failed(attempt.next(), failure, toll, attempt.stream().isVisible(), left());
    }

    /** Tells listeners and the log that an attempt has failed, and what it took. */
    Toll tell(Attempt attempt, ModelFailure failure) {
        var toll = attempt.heard().failed(failure);
        log.failed(attempt.next(), failure);
        return toll;
    }

    ModelFailure classified(Throwable failure) {
        return log.classified(failure);
    }

    /**
     * The attempt that may go on beside another one, admitted but not begun; null when there is
     * none, or the gates refuse it. There will be no second one in this chain.
     */
    @Nullable Attempt rivalOf(Attempt running) {
        var next = course.rival(running.next(), left());
        if (next == null) {
            return null;
        }
        var before = new ArrayList<>(course.traces());
        before.add(stillRunning(running));
        var call = call(next, before);
        return switch (gate.admit(call, false)) {
            case Admission.Granted granted -> {
                course.beganBeside(running.next(), next);
                hedged = true;
                yield attempts.of(next, call, granted.listener(), deadline);
            }
            case Admission.Refused ignored -> null; // it is asked again in its turn, if it comes
        };
    }

    private CallTrace stillRunning(Attempt running) {
        var step = running.step();
        return new CallTrace(
                running.number(),
                step.provider(),
                step.model(),
                step.region(),
                CallTrace.STILL_RUNNING,
                null,
                running.stream().timing(ticker.now()).tookMillis(),
                null);
    }

    private ChainEvent surrendered(Next.Surrender surrender) {
        var traces = ended();
        log.surrendered(surrender, traces.size());
        return new ChainEvent.Failed(surrender.code(), traces);
    }

    /** The chain is over: what became of its steps. */
    private List<CallTrace> ended() {
        var traces = course.traces();
        attempts.audience().chainEnded(request.steps().getFirst(), traces);
        return traces;
    }

    private Duration left() {
        return Duration.ofNanos(deadline - ticker.now());
    }
}
