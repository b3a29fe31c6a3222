package dev.orrery.llm.chain;

import dev.orrery.llm.model.ModelFailure;
import dev.orrery.turns.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way through a chain: told what became of a call, it says what comes next. No clock, no I/O,
 * no randomness of its own. Not thread-safe: one a run.
 */
final class Course {

    /**
     * A run owns this many epochs of a reply, and calls are numbered alike; skipped steps take a
     * number too.
     */
    static final int MAX_CALLS = 100;

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

    private final List<Step> steps;
    private final Predicate<String> isAvailable;
    private final LongFunction<Duration> backoff;
    private final int firstNumber;
    private final Refusals refusals;
    private final List<CallTrace> traces = new ArrayList<>();
    private final Set<Step.Target> ruledOut = new HashSet<>();
    private Step.@Nullable Target lastAsked;
    private int place;
    private int triesOfStep;
    private int calls;
    private boolean onlyRefusals = true;
    private boolean spent;
    private @Nullable Step firstOpen;

    /**
     * @param isAvailable whether a provider can be asked at all
     * @param backoff the pause before a further try, after so many failed ones, counted from 0
     * @param firstNumber number of the first call, 1 or more
     */
    Course(
            List<Step> steps,
            Predicate<String> isAvailable,
            LongFunction<Duration> backoff,
            int firstNumber,
            Refusals refusals) {
        this.steps = List.copyOf(steps);
        this.isAvailable = isAvailable;
        this.backoff = backoff;
        this.firstNumber = firstNumber;
        this.refusals = refusals;
    }

    /**
     * @param left until the deadline
     */
    Next begin(Duration left) {
        return nextStep(left);
    }

    /** A call has brought the answer. */
    void answered(Next.Call call, Timing timing) {
        note(call.step(), CallTrace.ANSWERED, timing);
    }

    /**
     * A call was not made; it does not count as one.
     *
     * @param left until the deadline
     */
    Next refused(Next.Call call, CallGate.Reason reason, Duration left) {
        note(call.step(), reason.result(), Timing.NONE);
        switch (reason) {
            case SKIPPED_OPEN -> firstOpen = firstOpen == null ? call.step() : firstOpen;
            case SKIPPED_SPENT -> spent = true;
            case OVERLOADED -> {}
        }
        return giveUpStep(left);
    }

    /**
     * A call has failed.
     *
     * @param visible whether it had shown text
     * @param left until the deadline
     */
    Next failed(
            Next.Call call, ModelFailure failure, Timing timing, boolean visible, Duration left) {
        note(call.step(), failure.code(), timing);
        calls++;
        triesOfStep++;
        lastAsked = call.step().target();
        onlyRefusals &= Verdict.isRefusal(failure);
        return switch (Verdict.of(failure, visible, refusals)) {
            case RETRY -> again(call.step(), failure, left);
            case NEXT -> giveUpStep(left);
            case ELSEWHERE -> {
                ruledOut.add(call.step().target());
                yield giveUpStep(left);
            }
            case FINAL ->
                    new Next.Surrender(
                            Verdict.isRefusal(failure)
                                    ? FailureCode.CONTENT_REFUSED
                                    : FailureCode.DEADLINE_EXCEEDED);
        };
    }

    /** What was done so far. */
    List<CallTrace> traces() {
        return List.copyOf(traces);
    }

    private Next again(Step step, ModelFailure failure, Duration left) {
        var asked = failure.retryAfter();
        var drawn = backoff.apply(triesOfStep - 1L);
        var pause = asked != null && asked.compareTo(drawn) > 0 ? asked : drawn;
        // Half of what is left stays for the tries after the pause; who asks for more patience than
        // that is passed over.
        boolean worthIt = triesOfStep <= step.retry() && pause.compareTo(left.dividedBy(2)) <= 0;
        return worthIt && traces.size() < MAX_CALLS ? call(step, pause) : giveUpStep(left);
    }

    private Next giveUpStep(Duration left) {
        place++;
        return nextStep(left);
    }

    private Next nextStep(Duration left) {
        while (place < steps.size() && traces.size() < MAX_CALLS) {
            if (!left.isPositive()) {
                return new Next.Surrender(FailureCode.DEADLINE_EXCEEDED);
            }
            var step = steps.get(place);
            if (!isAvailable.test(step.provider())) {
                note(step, CallTrace.PROVIDER_UNAVAILABLE, Timing.NONE);
            } else if (isDuplicate(step)) {
                note(step, CallTrace.SKIPPED_DUPLICATE, Timing.NONE);
            } else {
                triesOfStep = 0;
                return call(step, Duration.ZERO);
            }
            place++;
        }
        boolean nobodyWasAsked = calls == 0 && traces.size() < MAX_CALLS;
        return nobodyWasAsked && firstOpen != null ? lastResort(firstOpen) : surrender();
    }

    /** Every step was passed over: better to ask one that is believed to be down than nobody. */
    private Next lastResort(Step step) {
        firstOpen = null;
        triesOfStep = 0;
        return new Next.Call(step, nextNumber(), Duration.ZERO, true);
    }

    private Next surrender() {
        if (spent) {
            return new Next.Surrender(FailureCode.SPENDING_LIMIT_REACHED);
        }
        boolean refused = calls > 0 && onlyRefusals;
        return new Next.Surrender(
                refused ? FailureCode.CONTENT_REFUSED : FailureCode.ALL_PROVIDERS_FAILED);
    }

    /** How often a target is worth asking in a row, its retries say, and not the step behind it. */
    private boolean isDuplicate(Step step) {
        return ruledOut.contains(step.target()) || step.target().equals(lastAsked);
    }

    private Next call(Step step, Duration pause) {
        return new Next.Call(step, nextNumber(), pause, false);
    }

    private int nextNumber() {
        return firstNumber + traces.size();
    }

    private void note(Step step, String result, Timing timing) {
        traces.add(
                new CallTrace(
                        nextNumber(),
                        step.provider(),
                        step.model(),
                        step.region(),
                        result,
                        timing.firstTokenMillis(),
                        timing.tookMillis()));
    }
}
