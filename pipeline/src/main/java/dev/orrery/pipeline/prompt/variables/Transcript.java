package dev.orrery.pipeline.prompt.variables;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A conversation as lines: {@code user: …} and {@code bot: …}, one for each message, oldest first.
 */
public final class Transcript {

    /** More than any stored message; a line is cleaned, never cut. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** Stands for the end of a line within a message, so that no message can pass for two. */
    private static final String LINE_FEED = " ⏎ ";

    /** What {@link CleanText} keeps of all that can end a line: LF, U+2028 and U+2029. */
    private static final Pattern LINE_END = Pattern.compile("[\n\u2028\u2029]");

    private Transcript() {}

    /**
     * @param greeting what the bot said first; empty for nothing
     */
    static String of(String greeting, List<Exchange> exchanges) {
        var opening = greeting.isEmpty() ? Stream.<String>empty() : Stream.of(bot(greeting));
        return Stream.concat(opening, lines(exchanges)).collect(Collectors.joining("\n"));
    }

    /** The turns, one line for each message. */
    public static String of(List<Exchange> exchanges) {
        return lines(exchanges).collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(List<Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(each -> Stream.of("user: " + oneLine(each.user()), bot(each.bot())));
    }

    private static String bot(String message) {
        return "bot: " + oneLine(message);
    }

    private static String oneLine(String message) {
        return LINE_END.matcher(CleanText.of(message, NO_LIMIT)).replaceAll(LINE_FEED);
    }
}
