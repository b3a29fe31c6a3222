package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;

/** Faults that change a piece of text before it is written down. */
public final class TextFault {

    /** Stands for a byte that is no UTF-8 until {@link Packaging} puts that in its place. */
    static final char INVALID = '\uE0FF';

    private static final String LETTER_OF_THREE_BYTES = "☉";

    private static final String FILLER = "enormous ";

    private TextFault() {}

    /**
     * What becomes of a piece.
     *
     * @param index of the piece, from 0
     * @param pieces how many there are
     */
    public static String in(String piece, int index, int pieces, Fault.InContent fault) {
        if (index == 0 && fault == Fault.Quirk.SPLIT_UTF8) {
            return piece + LETTER_OF_THREE_BYTES;
        }
        if (index == 0 && fault == Fault.Quirk.INVALID_UTF8) {
            return piece + INVALID;
        }
        if (index == pieces / 2 && fault instanceof Fault.EnormousEvent(int kibibytes)) {
            return FILLER.repeat(kibibytes * 1024 / FILLER.length() + 1);
        }
        return piece;
    }
}
