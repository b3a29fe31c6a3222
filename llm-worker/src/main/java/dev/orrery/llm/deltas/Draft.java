package dev.orrery.llm.deltas;

import dev.orrery.pipeline.turn.StorableText;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply in the making: which event leaves next, and when. No clock and no I/O of its own.
 *
 * <p>One event is on its way at a time, so what is sent again after a failure cannot overtake
 * anything. Text that comes meanwhile waits and leaves as one delta. The first text of an epoch
 * leaves as soon as nothing is on its way; later text also keeps a pause. Not thread-safe: {@link
 * ReplyWriter} guards it.
 */
final class Draft {

    /** What is to be done now. */
    sealed interface Move {

        /** Tell the reader to forget earlier text. */
        record SendRestart(long epoch, int sequence, int attempt) implements Move {}

        /** Send text. */
        record SendDelta(long epoch, int sequence, String text) implements Move {}

        /**
         * Say {@link Draft#due()} after so many nanoseconds, at least 1. Not said again before
         * that.
         */
        record Wait(long nanos) implements Move {}

        /** Nothing until something happens. */
        record Rest() implements Move {}

        /** Everything has been sent and acknowledged, and nothing more will come. */
        record Done() implements Move {}
    }

    private static final Move REST = new Move.Rest();

    private final StringBuilder sent = new StringBuilder();
    private final StringBuilder waiting = new StringBuilder();
    private final List<Integer> chunkEnds = new ArrayList<>();
    private long epoch;
    private int sequence;
    private int restartToSend;
    private boolean openedByRestart;
    private boolean onItsWay;
    private boolean ended;
    private boolean timerIsSet;
    private long lastDelta;

    /**
     * @param epoch the first one of the run; nothing has been sent in it
     */
    Draft(long epoch) {
        this.epoch = epoch;
    }

    /** Begins the first epoch with a restart: an earlier run may have shown text. */
    void beginWithRestart(int attempt) {
        restartToSend = attempt;
        openedByRestart = true;
    }

    /** Begins the next epoch; what has not left yet never will. */
    void restart(int attempt) {
        epoch++;
        sequence = 0;
        sent.setLength(0);
        waiting.setLength(0);
        chunkEnds.clear();
        beginWithRestart(attempt);
    }

    void add(String text) {
        waiting.append(text);
    }

    void acknowledged() {
        onItsWay = false;
    }

    /** The time that {@link Move.Wait} asked for has passed. */
    void due() {
        timerIsSet = false;
    }

    /** The reply is complete: what waits leaves without a pause. */
    DeliveredReply end() {
        ended = true;
        var rest = StorableText.of(waiting.toString());
        var ends = new ArrayList<>(chunkEnds);
        if (!rest.isEmpty()) {
            ends.add(sent.length() + rest.length());
        }
        return new DeliveredReply(sent + rest, epoch, openedByRestart, ends);
    }

    /** There will be no reply: what waits never leaves. */
    DeliveredReply abandon() {
        waiting.setLength(0);
        return end();
    }

    /**
     * @param now monotonic time in nanoseconds
     * @param pause to keep between two deltas, in nanoseconds
     */
    Move next(long now, long pause) {
        if (onItsWay) {
            return REST;
        }
        if (restartToSend > 0) {
            return sendRestart();
        }
        int ready = readyChars();
        if (ready == 0) {
            return ended ? new Move.Done() : REST;
        }
        long due = chunkEnds.isEmpty() || ended ? now : lastDelta + pause;
        return due - now > 0 ? waitOnce(due - now) : sendDelta(ready, now);
    }

    private Move waitOnce(long nanos) {
        if (timerIsSet) {
            return REST;
        }
        timerIsSet = true;
        return new Move.Wait(nanos);
    }

    private Move sendRestart() {
        int attempt = restartToSend;
        restartToSend = 0;
        onItsWay = true;
        return new Move.SendRestart(epoch, sequence++, attempt);
    }

    /** The first half of a surrogate pair waits for the second one. */
    private int readyChars() {
        int length = waiting.length();
        boolean splitsPair =
                length > 0 && !ended && Character.isHighSurrogate(waiting.charAt(length - 1));
        return splitsPair ? length - 1 : length;
    }

    private Move sendDelta(int chars, long now) {
        var text = StorableText.of(waiting.substring(0, chars));
        waiting.delete(0, chars);
        sent.append(text);
        chunkEnds.add(sent.length());
        onItsWay = true;
        lastDelta = now;
        return new Move.SendDelta(epoch, sequence++, text);
    }
}
