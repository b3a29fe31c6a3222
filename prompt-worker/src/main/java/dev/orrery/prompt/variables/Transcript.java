package dev.orrery.prompt.variables;

import dev.orrery.prompt.history.Exchange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A conversation as lines: {@code user: …} and {@code bot: …}, one for each message, oldest first.
 */
final class Transcript {

    /** More than any stored message; a line is cleaned, never cut. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Stands for a line feed within a message, so that no message can pass for two. */
    private static final String LINE_FEED = " ⏎ ";

    private Transcript() {}

    static String of(List<Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(each ->
                        Stream.of("user: " + oneLine(each.user()), "bot: " + oneLine(each.bot())))
                .collect(Collectors.joining("\n"));
    }

    private static String oneLine(String message) {
        return CleanText.of(message, NO_LIMIT).replace("\n", LINE_FEED);
    }
}
