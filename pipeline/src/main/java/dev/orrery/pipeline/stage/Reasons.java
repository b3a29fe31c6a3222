package dev.orrery.pipeline.stage;

import dev.orrery.pipeline.consume.Undecodable;
import dev.orrery.pipeline.publish.PublishFailed;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator is told about a failure: one line that holds nothing of what a user or a model
 * said.
 */
public final class Reasons {

    private static final int LONGEST = 300;
    private static final int TRACED_CALLS = 12;
    private static final int LONGEST_CHAIN = 5;

    private Reasons() {}

    /**
     * The text of a failure that we have worded ourselves; of any other, whose text may quote its
     * input, only the kind and the place.
     */
    public static String of(Throwable failure) {
        boolean ours =
                failure instanceof StageFailure
                        || failure instanceof Undecodable
                        || failure instanceof PublishFailed;
        var text =
                ours && failure.getMessage() != null ? failure.getMessage() : kindAndPlace(failure);
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /**
     * Kinds and innermost calls of a failure and of what caused it, and none of their texts; one
     * line.
     */
    public static String trace(Throwable failure) {
        return causes(failure)
                .map(each ->
                        each.getClass().getName()
                                + Arrays.stream(each.getStackTrace())
                                        .limit(TRACED_CALLS)
                                        .map(call -> " < " + call)
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining(" caused by "));
    }

    /** From the outside in; a chain that goes in circles is cut. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
    }

    private static String kindAndPlace(Throwable failure) {
        var trace = failure.getStackTrace();
        var kind = failure.getClass().getName();
        return trace.length == 0 ? kind : kind + " at " + trace[0];
    }
}
