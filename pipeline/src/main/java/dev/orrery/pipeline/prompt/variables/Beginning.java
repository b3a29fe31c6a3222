package dev.orrery.pipeline.prompt.variables;

import org.jspecify.annotations.Nullable;

/**
 * What stands before the turns of a history.
 *
 * @param greeting what the bot said before anybody had asked; empty when it did not, or when what
 *     is shown does not reach back so far
 * @param summary of the turns before the history; null when there is none
 */
public record Beginning(String greeting, @Nullable Summary summary) {

    /** None that is worth telling. */
    public static final Beginning NONE = new Beginning("", null);

    /** A conversation that is shown from its first word. */
    public static Beginning greeted(String greeting) {
        return new Beginning(greeting, null);
    }

    /** A conversation that is shown from some later turn. */
    public static Beginning summarised(Summary summary) {
        return new Beginning("", summary);
    }

    String summaryText() {
        return summary == null ? "" : summary.text();
    }

    /** Nothing: it is what people said. */
    @Override
    public String toString() {
        return "Beginning[summary=" + summary + "]";
    }
}
