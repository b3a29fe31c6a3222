package dev.orrery.llm.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What became of the steps of a chain so far, each under a number of its own. Skipped steps take a
 * number too. Not thread-safe.
 */
final class Traces {

    /**
     * A run owns this many epochs of a reply, and calls are numbered alike. All chains of one run
     * share them: its numbers end at the next hundred.
     */
    static final int MOST_CALLS = 100;

    private final int end;
    private final List<CallTrace> traces = new ArrayList<>();
    private int next;

    /**
     * @param first number, 1 or more
     */
    Traces(int first) {
        this.end = (first - 1) / MOST_CALLS * MOST_CALLS + MOST_CALLS;
        this.next = first;
    }

    /** Takes the next number. */
    int number() {
        return next++;
    }

    /** Which number comes next; those before it are taken. */
    int next() {
        return next;
    }

    /** Has the numbers go on behind one that was taken ahead of its turn. */
    void goOnBehind(int number) {
        next = number + 1;
    }

    boolean hasRoom() {
        return hasRoomFor(next);
    }

    boolean hasRoomFor(int number) {
        return number <= end;
    }

    void skip(Step step, String result) {
        note(step, number(), result, Toll.NONE);
    }

    void note(Step step, int number, String result, Toll toll) {
        traces.add(
                new CallTrace(
                        number,
                        step.provider(),
                        step.model(),
                        step.region(),
                        result,
                        toll.timing().firstTokenMillis(),
                        toll.timing().tookMillis(),
                        toll.costMicros()));
    }

    List<CallTrace> byNumber() {
        return traces.stream().sorted(Comparator.comparingInt(CallTrace::number)).toList();
    }
}
