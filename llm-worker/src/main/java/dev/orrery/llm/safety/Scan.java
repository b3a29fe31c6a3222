package dev.orrery.llm.safety;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for phrases in one text that comes piece by piece, wherever the pieces end. Tells what was
 * found, and how much of the text can no longer become part of a phrase.
 *
 * <p>Not thread-safe: one a text.
 */
final class Scan {

    /** What was found, unless what follows makes an exception of it. */
    private record Suspicion(long beginsAt, String category) {}

    private final Phrases phrases;
    private final Set<String> found = new LinkedHashSet<>();
    private final List<Suspicion> suspicions = new ArrayList<>();

    /** Where in the text the last letters stood, in UTF-16 units; as many as the longest phrase. */
    private final long[] places;

    private int node;
    private long letters;
    private boolean gapBefore;
    private long length;
    private char highSurrogate;

    Scan(Phrases phrases) {
        this.phrases = phrases;
        this.places = new long[phrases.longest() + 1];
        letter(Folding.GAP, 0);
    }

    /** Further text; may split surrogate pairs. */
    void read(String text) {
        for (int i = 0; i < text.length(); i++) {
            unit(text.charAt(i));
        }
    }

    private void unit(char unit) {
        if (highSurrogate != 0 && Character.isLowSurrogate(unit)) {
            codePoint(Character.toCodePoint(highSurrogate, unit), length - 1);
            highSurrogate = 0;
        } else {
            strayEnds();
            if (Character.isHighSurrogate(unit)) {
                highSurrogate = unit;
            } else {
                codePoint(unit, length);
            }
        }
        length++;
    }

    /** A half of a pair without the other is no letter. */
    private void strayEnds() {
        if (highSurrogate != 0) {
            letter(Folding.GAP, length - 1);
            highSurrogate = 0;
        }
    }

    private void codePoint(int codePoint, long place) {
        var folded = Folding.of(codePoint);
        for (int i = 0; i < folded.length(); i++) {
            letter(folded.charAt(i), place);
        }
    }

    private void letter(char letter, long place) {
        boolean isGap = letter == Folding.GAP;
        if (isGap && gapBefore) {
            return;
        }
        gapBefore = isGap;
        node = phrases.next(node, letter);
        places[(int) (letters % places.length)] = place;
        letters++;
        var ended = phrases.endings(node);
        if (!ended.isEmpty()) {
            ended.reversed().forEach(this::ended); // what excepts is longer
        }
        if (!suspicions.isEmpty()) {
            convict();
        }
    }

    private void ended(Phrases.Ending ending) {
        long beginsAt = letters - ending.length();
        if (ending.isException()) {
            suspicions.removeIf(suspicion ->
                    suspicion.beginsAt() >= beginsAt
                            && suspicion.category().equals(ending.category()));
        } else {
            suspicions.add(new Suspicion(beginsAt, ending.category()));
        }
    }

    /** Whatever no exception reaches back to any more is found. */
    private void convict() {
        suspicions.removeIf(suspicion -> {
            boolean stands = !phrases.mayBeExcepted(node, letters - suspicion.beginsAt());
            if (stands) {
                found.add(suspicion.category());
            }
            return stands;
        });
    }

    /** The text is over, or something else comes between it and what follows. */
    void pause() {
        strayEnds();
        letter(Folding.GAP, length);
        suspicions.forEach(suspicion -> found.add(suspicion.category()));
        suspicions.clear();
    }

    /** The categories of the phrases that were found so far, in their order. */
    Set<String> found() {
        return found;
    }

    /**
     * How much of the text so far is not part of a phrase that may still be completed, in UTF-16
     * units. Never less than it was, unless something was found.
     */
    long certain() {
        long end = highSurrogate == 0 ? length : length - 1;
        int begun = phrases.depth(node);
        if (begun < 2) {
            return end; // at most a gap, which is not the phrase's alone
        }
        return Math.min(end, places[(int) ((letters - begun + 1) % places.length)]);
    }
}
