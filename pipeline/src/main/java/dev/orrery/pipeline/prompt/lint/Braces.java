package dev.orrery.pipeline.prompt.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The braces of a text, read as a template reads them, and those that a template takes for text.
 */
final class Braces {

    /** Something with braces, and where it begins, in UTF-16 units. */
    sealed interface Found {

        int index();

        /** As it was written. */
        String written();

        record Placeholder(int index, String written, String name) implements Found {}

        /** An opening that its line does not close; up to the end of the line. */
        record Unclosed(int index, String written) implements Found {}

        record Unopened(int index, String written) implements Found {}

        /** A name between single braces. */
        record Single(int index, String written, String name) implements Found {}
    }

    private static final String OPENING = "{{";
    private static final String CLOSING = "}}";
    private static final Pattern SINGLE =
            Pattern.compile("(?<!\\{)\\{([A-Za-z][A-Za-z0-9_.]*)\\}(?!\\})");

    private final String text;
    private final List<Found> found = new ArrayList<>();

    private Braces(String text) {
        this.text = text;
    }

    static List<Found> in(String text) {
        var braces = new Braces(text);
        int begin = 0;
        while (begin <= text.length()) {
            int feed = text.indexOf('\n', begin);
            int end = feed < 0 ? text.length() : feed;
            braces.readLine(begin, end);
            begin = end + 1;
        }
        braces.found.sort(Comparator.comparingInt(Found::index));
        return braces.found;
    }

    private void readLine(int begin, int end) {
        int position = begin;
        while (true) {
            int opening = text.indexOf(OPENING, position, end);
            if (opening < 0) {
                readLiteral(position, end);
                return;
            }
            readLiteral(position, opening);
            int closing = text.indexOf(CLOSING, opening + OPENING.length(), end);
            if (closing < 0) {
                found.add(new Found.Unclosed(opening, text.substring(opening, end)));
                return;
            }
            position = closing + CLOSING.length();
            found.add(
                    new Found.Placeholder(
                            opening,
                            text.substring(opening, position),
                            text.substring(opening + OPENING.length(), closing)));
        }
    }

    private void readLiteral(int begin, int end) {
        int closing = text.indexOf(CLOSING, begin, end);
        if (closing >= 0) {
            found.add(new Found.Unopened(closing, CLOSING));
        }
        var single = SINGLE.matcher(text).region(begin, end).useTransparentBounds(true);
        while (single.find()) {
            found.add(new Found.Single(single.start(), single.group(), single.group(1)));
        }
    }
}
