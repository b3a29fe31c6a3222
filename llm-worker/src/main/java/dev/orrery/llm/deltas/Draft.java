package dev.orrery.llm.deltas;

import dev.orrery.llm.deltas.DeliveredReply.PlacedStep;
import dev.orrery.llm.deltas.Waiting.Piece;
import dev.orrery.pipeline.turn.StorableText;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply in the making: which event leaves next, and when. No clock and no I/O of its own.
 *
 * <p>One event is on its way at a time, so what is sent again after a failure cannot overtake
 * anything. Text that comes meanwhile waits and leaves as one delta. The first text of an epoch
 * leaves as soon as nothing is on its way; later text also keeps a pause, unless a step of a tool
 * stands behind it. Not thread-safe: {@link ReplyWriter} guards it.
 */
final class Draft {

    /** What is to be done now. */
    sealed interface Move {

        /** Tell the reader to forget earlier text. */
        record SendRestart(long epoch, int sequence, int attempt) implements Move {}

        /** Send text. */
        record SendDelta(long epoch, int sequence, String text) implements Move {}

        /** Tell how a call for a tool stands. */
        record SendStep(long epoch, int sequence, ToolStep step) implements Move {}

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

    /** A step that has left, and how much text had left before it. */
    private record SentStep(int sequence, int textBefore, ToolStep step) {}

    private final StringBuilder sent = new StringBuilder();
    private final List<SentStep> sentSteps = new ArrayList<>();
    private final Waiting waiting = new Waiting();
    private final List<Integer> chunkEnds = new ArrayList<>();
    private List<Piece> kept = List.of();
    private long epoch;
    private int sequence;
    private int restartToSend;
    private int openedBy;
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
        openedBy = attempt;
    }

    /** Begins the next epoch, with what is kept; what else has not left yet never will. */
    void restart(int attempt) {
        epoch++;
        sequence = 0;
        sent.setLength(0);
        sentSteps.clear();
        chunkEnds.clear();
        waiting.clear();
        waiting.addAll(kept);
        beginWithRestart(attempt);
    }

    /** What was said up to now holds, whatever restarts from now on. */
    void keep() {
        var all = new Waiting();
        int from = 0;
        for (var step : sentSteps) {
            all.add(sent.substring(from, step.textBefore()));
            all.add(step.step());
            from = step.textBefore();
        }
        all.add(sent.substring(from));
        all.addAll(waiting.all());
        kept = all.all();
    }

    void add(String text) {
        waiting.add(text);
    }

    void add(ToolStep step) {
        waiting.add(step);
    }

    void acknowledged() {
        onItsWay = false;
    }

    /** The time that {@link Move.Wait} asked for has passed. */
    void due() {
        timerIsSet = false;
    }

    /** The reply is complete: what waits leaves without a pause, each piece in one event. */
    DeliveredReply end() {
        ended = true;
        var text = new StringBuilder(sent);
        var ends = new ArrayList<>(chunkEnds);
        var steps = new ArrayList<PlacedStep>();
        sentSteps.forEach(each -> steps.add(new PlacedStep(each.sequence(), each.step())));
        int next = sequence + (restartToSend > 0 ? 1 : 0);
        for (var piece : waiting.all()) {
            switch (piece) {
                case Piece.Text rest -> {
                    text.append(StorableText.of(rest.chars().toString()));
                    ends.add(text.length());
                }
                case Piece.Step step -> steps.add(new PlacedStep(next, step.step()));
            }
            next++;
        }
        return new DeliveredReply(text.toString(), epoch, openedBy, ends, steps);
    }

    /** There will be no reply: what waits never leaves. */
    DeliveredReply abandon() {
        waiting.clear();
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
        return switch (waiting.first()) {
            case null -> ended ? new Move.Done() : REST;
            case Piece.Step step -> sendStep(step.step());
            case Piece.Text text -> nextOf(text, now, pause);
        };
    }

    private Move nextOf(Piece.Text text, long now, long pause) {
        boolean isComplete = ended || waiting.goesOn();
        int ready = isComplete ? text.chars().length() : readyChars(text.chars());
        if (ready == 0) {
            return REST;
        }
        long due = chunkEnds.isEmpty() || isComplete ? now : lastDelta + pause;
        return due - now > 0 ? waitOnce(due - now) : sendDelta(text, ready, now);
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

    private Move sendStep(ToolStep step) {
        waiting.removeFirst();
        sentSteps.add(new SentStep(sequence, sent.length(), step));
        onItsWay = true;
        return new Move.SendStep(epoch, sequence++, step);
    }

    /** The first half of a surrogate pair waits for the second one. */
    private static int readyChars(StringBuilder chars) {
        int length = chars.length();
        return Character.isHighSurrogate(chars.charAt(length - 1)) ? length - 1 : length;
    }

    private Move sendDelta(Piece.Text from, int chars, long now) {
        var text = StorableText.of(waiting.take(from, chars));
        sent.append(text);
        chunkEnds.add(sent.length());
        onItsWay = true;
        lastDelta = now;
        return new Move.SendDelta(epoch, sequence++, text);
    }
}
