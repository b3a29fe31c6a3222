package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import java.util.Arrays;

/** Faults that change a text, before it is written down or before it is sent. */
public final class TextFault {

    /** Stands for a byte that is no UTF-8 until {@link #spoilt} puts that in its place. */
    private static final char INVALID = '\uE0FF';

    private static final byte[] INVALID_AS_UTF_8 = Pages.utf8(String.valueOf(INVALID));

    private static final byte NO_UTF_8 = (byte) 0xFF;

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

    /** What becomes of an event before it is framed, so that no length or sum is wrong. */
    static Event in(Event event, Fault.InContent fault) {
        return fault == Fault.Quirk.INVALID_UTF8 && event instanceof Event.Data data
                ? new Event.Data(data.name(), spoilt(data.bytes()))
                : event;
    }

    /** With the byte that no UTF-8 text can hold, where one was wanted. */
    static byte[] spoilt(byte[] bytes) {
        int length = INVALID_AS_UTF_8.length;
        for (int from = 0; from + length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + length, INVALID_AS_UTF_8, 0, length)) {
                byte[] spoilt = Arrays.copyOf(bytes, bytes.length - length + 1);
                spoilt[from] = NO_UTF_8;
                System.arraycopy(
                        bytes, from + length, spoilt, from + 1, bytes.length - from - length);
                return spoilt;
            }
        }
        return bytes;
    }
}
