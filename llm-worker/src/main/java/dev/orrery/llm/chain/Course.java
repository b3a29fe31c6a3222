package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way through a chain: told what became of a call, it says what comes next. No clock, no I/O,
 * no randomness of its own. Not thread-safe: one a run.
 *
 * <p>One call goes on at a time, or two: {@link #rival} says which one may be made beside another.
 * Then the first of them that fails has {@link #failedBeside}, and the second one {@link #failed}.
 */
final class Course {

    /** What comes next. */
    sealed interface Next {

        /**
         * Ask a model, after a pause.
         *
         * @param lastResort though it is believed to be down, see {@link CallGate#admit}
         */
        record Call(Step step, int number, Duration pause, boolean lastResort) implements Next {}

        /** Stop asking. */
        record Surrender(FailureCode code) implements Next {}
    }

    /** Whether, and how, a step may be asked at all. Answers the same throughout a run. */
    interface Terms {

        /** Why it may not, as traces tell it; null when it may. */
        @Nullable String bar(Step step);

        /** What it is asked without, as traces tell it; null when nothing is missing. */
        @Nullable String restriction(Step step);
    }

    private final List<Step> steps;
    private final Terms terms;
    private final LongFunction<Duration> backoff;
    private final Refusals refusals;
    private final boolean literal;
    private final Traces traces;
    private final Set<Step.Target> ruledOut = new HashSet<>();
    private final Set<Step.Target> lastAsked = new HashSet<>();
    private Step.@Nullable Target failedBeside;
    private int place;
    private int triesOfStep;
    private int calls;
    private boolean onlyRefusals = true;
    private boolean spent;
    private @Nullable Step firstOpen;

    /**
     * @param backoff the pause before a further try, after so many failed ones, counted from 0
     * @param firstNumber number of the first call, 1 or more
     * @param literal whether steps are asked that are known to be in vain
     */
    Course(
            List<Step> steps,
            Terms terms,
            LongFunction<Duration> backoff,
            int firstNumber,
            Refusals refusals,
            boolean literal) {
        this.steps = List.copyOf(steps);
        this.terms = terms;
        this.backoff = backoff;
        this.traces = new Traces(firstNumber);
        this.refusals = refusals;
        this.literal = literal;
    }

    /**
     * @param left until the deadline
     */
    Next begin(Duration left) {
        return nextStep(left);
    }

    /** A call has brought the answer. */
    void answered(Next.Call call, Toll toll) {
        note(call, CallTrace.ANSWERED, toll);
    }

    /**
     * A call was not made; it does not count as one.
     *
     * @param left until the deadline
     */
    Next refused(Next.Call call, CallGate.Reason reason, Duration left) {
        note(call, reason.result(), Toll.NONE);
        switch (reason) {
            case SKIPPED_OPEN -> firstOpen = firstOpen == null ? call.step() : firstOpen;
            case SKIPPED_SPENT -> spent = true;
            case OVERLOADED -> {}
        }
        return giveUpStep(left);
    }

    /**
     * A call has failed, and none goes on beside it.
     *
     * @param visible whether it had shown text
     * @param left until the deadline
     */
    Next failed(Next.Call call, ModelFailure failure, Toll toll, boolean visible, Duration left) {
        count(call, failure, toll);
        return switch (verdict(call, failure, visible)) {
            case RETRY -> again(call.step(), failure, left);
            case NEXT, ELSEWHERE -> giveUpStep(left);
            case FINAL -> surrender(failure);
        };
    }

    /** A call has failed after it had shown what is not to be void: none may follow it. */
    Next.Surrender failedForGood(Next.Call call, ModelFailure failure, Toll toll) {
        count(call, failure, toll);
        boolean isFinal = verdict(call, failure, true) == Verdict.FINAL;
        return isFinal || Verdict.isRefusal(failure)
                ? surrender(failure)
                : new Next.Surrender(FailureCode.ALL_PROVIDERS_FAILED);
    }

    /**
     * The step that may be asked beside a call that goes on; null when there is none. Changes
     * nothing: whoever asks it says so by {@link #beganBeside}.
     *
     * @param left until the deadline
     */
    Next.@Nullable Call rival(Next.Call running, Duration left) {
        int ahead = place + 1;
        while (ahead < steps.size() && isInVain(steps.get(ahead), running)) {
            ahead++;
        }
        if (ahead >= steps.size() || !left.isPositive()) {
            return null;
        }
        var step = steps.get(ahead);
        int marks = ahead - place - 1 + (terms.restriction(step) == null ? 0 : 1);
        int number = traces.next() + marks;
        return traces.hasRoomFor(number) ? new Next.Call(step, number, Duration.ZERO, false) : null;
    }

    private boolean isInVain(Step step, Next.Call running) {
        boolean isRunning = step.target().equals(running.step().target());
        return reasonToSkip(step) != null || (isRunning && !literal);
    }

    /** A {@link #rival} is asked. The chain stands at its step from now on. */
    void beganBeside(Next.Call running, Next.Call rival) {
        for (place++; isInVain(steps.get(place), running); place++) {
            var reason = reasonToSkip(steps.get(place));
            traces.skip(steps.get(place), reason == null ? CallTrace.SKIPPED_DUPLICATE : reason);
        }
        mark(rival.step());
        traces.goOnBehind(rival.number());
        triesOfStep = 0;
    }

    /** A call has failed, and another one goes on. Null means to wait for that one. */
    Next.@Nullable Surrender failedBeside(Next.Call call, ModelFailure failure, Toll toll) {
        count(call, failure, toll);
        failedBeside = call.step().target();
        return switch (verdict(call, failure, false)) {
            case RETRY, NEXT, ELSEWHERE -> null;
            case FINAL -> surrender(failure);
        };
    }

    /** A call was broken off, and the chain goes on without it. */
    void brokenOff(Next.Call call, String result, Toll toll) {
        note(call, result, toll);
    }

    /**
     * A rival was broken off, and has not failed: the chain stands before its step again, so it is
     * asked next when the call that was kept breaks off.
     */
    void rivalLost(Next.Call rival, Toll toll) {
        note(rival, CallTrace.LOST_TO_HEDGE, toll);
        place--;
    }

    /** What was done so far, by number. */
    List<CallTrace> traces() {
        return traces.byNumber();
    }

    private void count(Next.Call call, ModelFailure failure, Toll toll) {
        note(call, failure.code(), toll);
        calls++;
        triesOfStep += standsAt(call.step()) ? 1 : 0;
        onlyRefusals &= Verdict.isRefusal(failure);
        lastAsked.clear();
        lastAsked.add(call.step().target());
        if (failedBeside != null) {
            lastAsked.add(failedBeside);
            failedBeside = null;
        }
    }

    private Verdict verdict(Next.Call call, ModelFailure failure, boolean visible) {
        var verdict = Verdict.of(failure, visible, refusals);
        if (verdict == Verdict.ELSEWHERE) {
            ruledOut.add(call.step().target());
        }
        return verdict;
    }

    private static Next.Surrender surrender(ModelFailure failure) {
        return new Next.Surrender(
                Verdict.isRefusal(failure)
                        ? FailureCode.CONTENT_REFUSED
                        : FailureCode.DEADLINE_EXCEEDED);
    }

    private Next again(Step step, ModelFailure failure, Duration left) {
        var asked = failure.retryAfter();
        var drawn = backoff.apply(triesOfStep - 1L);
        var pause = asked != null && asked.compareTo(drawn) > 0 ? asked : drawn;
        // Half of what is left stays for the tries after the pause; who asks for more patience than
        // that is passed over. So is a step that the chain has left for one beside it.
        boolean worthIt =
                standsAt(step)
                        && triesOfStep <= step.retry()
                        && pause.compareTo(left.dividedBy(2)) <= 0;
        return worthIt && traces.hasRoom() ? call(step, pause, false) : giveUpStep(left);
    }

    /** Not where it has gone on to a step beside that one; a last resort has nothing behind it. */
    private boolean standsAt(Step step) {
        return place >= steps.size() || step.equals(steps.get(place));
    }

    private Next giveUpStep(Duration left) {
        place++;
        return nextStep(left);
    }

    private Next nextStep(Duration left) {
        while (place < steps.size() && traces.hasRoom()) {
            if (!left.isPositive()) {
                return new Next.Surrender(FailureCode.DEADLINE_EXCEEDED);
            }
            var step = steps.get(place);
            var reason = reasonToSkip(step);
            if (reason == null) {
                mark(step);
                triesOfStep = 0;
                return call(step, Duration.ZERO, false);
            }
            traces.skip(step, reason);
            place++;
        }
        boolean nobodyWasAsked = calls == 0 && traces.hasRoom();
        return nobodyWasAsked && firstOpen != null ? lastResort(firstOpen) : surrender();
    }

    /** How often a target is worth asking in a row, its retries say, and not the step behind it. */
    private @Nullable String reasonToSkip(Step step) {
        var bar = terms.bar(step);
        if (bar != null) {
            return bar;
        }
        boolean inVain = ruledOut.contains(step.target()) || lastAsked.contains(step.target());
        return inVain && !literal ? CallTrace.SKIPPED_DUPLICATE : null;
    }

    /** Every step was passed over: better to ask one that is believed to be down than nobody. */
    private Next lastResort(Step step) {
        firstOpen = null;
        triesOfStep = 0;
        return call(step, Duration.ZERO, true);
    }

    private Next surrender() {
        if (spent) {
            return new Next.Surrender(FailureCode.SPENDING_LIMIT_REACHED);
        }
        boolean refused = calls > 0 && onlyRefusals;
        return new Next.Surrender(
                refused ? FailureCode.CONTENT_REFUSED : FailureCode.ALL_PROVIDERS_FAILED);
    }

    private Next call(Step step, Duration pause, boolean lastResort) {
        return new Next.Call(step, traces.number(), pause, lastResort);
    }

    private void mark(Step step) {
        var restriction = terms.restriction(step);
        if (restriction != null) {
            traces.skip(step, restriction);
        }
    }

    private void note(Next.Call call, String result, Toll toll) {
        traces.note(call.step(), call.number(), result, toll);
    }
}
