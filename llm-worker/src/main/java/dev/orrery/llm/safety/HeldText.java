package dev.orrery.llm.safety;

import dev.orrery.llm.chain.ChainEvent;
import java.util.List;

/**
 * Text of an answer on its way to its reader. Held back is what may be the beginning of a phrase
 * that is looked for, and nothing else; or everything, where a model is to judge it first. What is
 * shown, in its order, is what was added, nothing lost and nothing twice.
 *
 * <p>Bounds: what is held for the sake of a phrase is {@value #MOST_HELD} units at most; one that
 * is drawn out beyond that is still found, its beginning shown. Everything is one answer, which the
 * chain limits. Not thread-safe: one an answer.
 */
final class HeldText {

    /** In UTF-16 units; phrases are far shorter. */
    static final int MOST_HELD = 1_024;

    private final Phrases phrases;
    private final boolean holdsEverything;
    private final StringBuilder held = new StringBuilder();
    private Scan scan;
    private long released;
    private boolean shown;

    HeldText(Phrases phrases, boolean holdsEverything) {
        this.phrases = phrases;
        this.holdsEverything = holdsEverything;
        this.scan = new Scan(phrases);
    }

    /** What may be shown now. Nothing, once {@link #scan} has found something. */
    List<ChainEvent> add(ChainEvent.Text piece) {
        scan.read(piece.text());
        if (mayPassAsItIs(piece.text())) {
            released += piece.text().length();
            shown = true;
            return List.of(piece);
        }
        held.append(piece.text());
        return holdsEverything || isFound() ? List.of() : shown(showable());
    }

    /** The usual case: nothing is held, and nothing has begun. */
    private boolean mayPassAsItIs(String text) {
        return !holdsEverything
                && !isFound()
                && held.isEmpty()
                && scan.certain() == released + text.length()
                && (shown || !text.isBlank());
    }

    private int showable() {
        long certain = Math.max(0, scan.certain() - released);
        int length = (int) Math.max(certain, held.length() - MOST_HELD);
        boolean splits = length > 0 && Character.isHighSurrogate(held.charAt(length - 1));
        return splits ? length - 1 : length;
    }

    /** The first text that is shown has a visible character. */
    private List<ChainEvent> shown(int length) {
        var text = held.substring(0, length);
        if (text.isEmpty() || (!shown && text.isBlank())) {
            return List.of();
        }
        held.delete(0, length);
        released += length;
        shown = true;
        return List.of(new ChainEvent.Text(text));
    }

    /** Something else comes between the text so far and what follows; phrases end with it. */
    List<ChainEvent> pause() {
        scan.pause();
        return holdsEverything || isFound() ? List.of() : everything();
    }

    /** All that is held. */
    List<ChainEvent> everything() {
        return shown(held.length());
    }

    /** What is held without having been shown, as a whole. */
    String text() {
        return held.toString();
    }

    /** The text so far is void; another one follows. */
    void startOver() {
        scan = new Scan(phrases);
        held.setLength(0);
        released = 0;
        shown = false;
    }

    /** Whether any of the text is shown. */
    boolean isShown() {
        return shown;
    }

    boolean isFound() {
        return !scan.found().isEmpty();
    }

    /** What it is found to be. */
    Ruling ruling() {
        return Ruling.of(scan.found());
    }
}
