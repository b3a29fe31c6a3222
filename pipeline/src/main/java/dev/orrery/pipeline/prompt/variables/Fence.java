package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.digest.Sha256;
import java.util.UUID;

/**
 * Marks around what a user or an outside service says, so that a model can tell where it ends:
 *
 * <pre>{@code
 * <user_message 5f0c2a91>Will it rain?</user_message 5f0c2a91>
 * }</pre>
 *
 * The eight digits are drawn from the turn (or another id) and stand nowhere in the text between
 * the marks: drawn again until that is so, which is why no text can close its own fence, whatever
 * its author knows.
 */
public final class Fence {

    private static final int DIGITS = 8;

    private Fence() {}

    /** The same arguments give the same fence. Nothing needs none. */
    public static String around(String name, String value, UUID turn) {
        if (value.isEmpty()) {
            return value;
        }
        var mark = name + " " + mark(value, turn + "/" + name);
        return "<" + mark + ">" + value + "</" + mark + ">";
    }

    /** Ends: a text of n characters has room for fewer than n different marks. */
    private static String mark(String value, String seed) {
        for (int draw = 0; ; draw++) {
            var mark = digits(seed + "/" + draw);
            if (!value.contains(mark)) {
                return mark;
            }
        }
    }

    private static String digits(String seed) {
        return Sha256.hex(seed).substring(0, DIGITS);
    }
}
