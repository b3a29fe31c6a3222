package dev.orrery.simulator.reply;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an answer ends; every provider has words of its own for these. */
public enum Finish {
    /** All is said. */
    STOP,
    /** The client's bound is reached. */
    LENGTH,
    /** Tools are to be called. */
    TOOL,
    /** The provider's policy forbids more. */
    FILTERED;

    /** The constant of that name in lower case; null if it is none. */
    public static @Nullable Finish named(String name) {
        for (Finish finish : values()) {
            if (finish.name().toLowerCase(Locale.ROOT).equals(name)) {
                return finish;
            }
        }
        return null;
    }
}
