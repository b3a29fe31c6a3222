package dev.orrery.llm.deltas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reply has yet to send: texts and steps, in their order. Texts side by side are one, and
 * none is empty. Not thread-safe.
 */
final class Waiting {

    /** What leaves in one event, as far as it is complete. */
    sealed interface Piece {

        /** Text that may grow as long as nothing stands behind it. */
        record Text(StringBuilder chars) implements Piece {}

        record Step(ToolStep step) implements Piece {}
    }

    private final Deque<Piece> pieces = new ArrayDeque<>();

    void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (pieces.peekLast() instanceof Piece.Text last) {
            last.chars().append(text);
        } else {
            pieces.add(new Piece.Text(new StringBuilder(text)));
        }
    }

    void add(ToolStep step) {
        pieces.add(new Piece.Step(step));
    }

    /** Adds copies of these. */
    void addAll(List<Piece> others) {
        for (var other : others) {
            switch (other) {
                case Piece.Text text -> add(text.chars().toString());
                case Piece.Step step -> add(step.step());
            }
        }
    }

    /** The one to leave next; null when nothing waits. */
    @Nullable Piece first() {
        return pieces.peekFirst();
    }

    /** Whether something waits behind the first one, which is complete then. */
    boolean goesOn() {
        return pieces.size() > 1;
    }

    /** Takes the beginning of the first one, which is a text. */
    String take(Piece.Text first, int chars) {
        var taken = first.chars().substring(0, chars);
        first.chars().delete(0, chars);
        if (first.chars().isEmpty()) {
            pieces.removeFirst();
        }
        return taken;
    }

    void removeFirst() {
        pieces.removeFirst();
    }

    List<Piece> all() {
        return new ArrayList<>(pieces);
    }

    void clear() {
        pieces.clear();
    }
}
