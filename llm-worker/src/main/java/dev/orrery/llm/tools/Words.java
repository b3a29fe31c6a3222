package dev.orrery.llm.tools;

import dev.orrery.llm.chain.ChainEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a dialogue has said: words of finished rounds, which hold, and those of the round that goes
 * on. Not thread-safe.
 */
final class Words {

    /** Between the words of two rounds. */
    private static final String BREAK = "\n\n";

    private final StringBuilder ofRound = new StringBuilder();
    private @Nullable Instant since;
    private @Nullable Instant keptSince;
    private int keptChars;
    private boolean keptIsOpen;

    /** Further words of the round, as they go to the reader. */
    ChainEvent.Text add(ChainEvent.Text piece, Instant now) {
        boolean begins = ofRound.isEmpty();
        since = begins ? now : since;
        ofRound.append(piece.text());
        boolean needsBreak =
                begins && keptIsOpen && !Character.isWhitespace(piece.text().charAt(0));
        return needsBreak ? new ChainEvent.Text(BREAK + piece.text()) : piece;
    }

    /** Those of the round are void. Whether there were any. */
    boolean forget() {
        boolean wereAny = !ofRound.isEmpty();
        ofRound.setLength(0);
        since = null;
        return wereAny;
    }

    /** Those of the round hold, and another one begins. */
    void keep() {
        if (!ofRound.isEmpty()) {
            keptChars += ofRound.length() + BREAK.length();
            keptIsOpen = !Character.isWhitespace(ofRound.charAt(ofRound.length() - 1));
            keptSince = keptSince == null ? since : keptSince;
        }
        forget();
    }

    String ofRound() {
        return ofRound.toString();
    }

    /** UTF-16 units of all that may reach the reader. */
    int chars() {
        return keptChars + ofRound.length();
    }

    /** When the first of them came; null when there are none. */
    @Nullable Instant since() {
        return keptSince == null ? since : keptSince;
    }
}
