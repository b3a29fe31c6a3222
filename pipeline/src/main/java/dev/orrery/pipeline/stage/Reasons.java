package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.Undecodable;

/**
 * What an operator is told about a failure: one line that holds nothing of what a user or a model
 * said.
 */
public final class Reasons {

    private static final int LONGEST = 300;

    private Reasons() {}

    /**
     * The text of a failure that we have worded ourselves; of any other, whose text may quote its
     * input, only the kind and the place.
     */
    public static String of(Throwable failure) {
        boolean ours = failure instanceof StageFailure || failure instanceof Undecodable;
        var text =
                ours && failure.getMessage() != null ? failure.getMessage() : kindAndPlace(failure);
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    private static String kindAndPlace(Throwable failure) {
        var trace = failure.getStackTrace();
        var kind = failure.getClass().getName();
        return trace.length == 0 ? kind : kind + " at " + trace[0];
    }
}
