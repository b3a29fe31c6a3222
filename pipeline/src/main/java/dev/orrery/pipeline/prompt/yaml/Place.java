package dev.orrery.pipeline.prompt.yaml;

import java.util.Comparator;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Place(int line, int column) implements Comparable<Place> {

    public static final Place START = new Place(1, 1);

    private static final Comparator<Place> IN_READING_ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    /** Where this index, in UTF-16 units, lies in a text. Lines end with line feeds. */
    public static Place at(int index, String text) {
        int line = 1;
        int begin = 0;
        for (int feed = text.indexOf('\n'); feed >= 0 && feed < index; ) {
            line++;
            begin = feed + 1;
            feed = text.indexOf('\n', begin);
        }
        return new Place(line, 1 + text.codePointCount(begin, index));
    }

    @Override
    public int compareTo(Place other) {
        return IN_READING_ORDER.compare(this, other);
    }
}
