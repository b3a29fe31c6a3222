package dev.orrery.ingest.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list.
 *
 * @param items at most as many as were asked for
 * @param next cursor of the page that follows; null when this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * The page of these rows.
     *
     * @param rows one more than asked for, if there is one more
     * @param cursor the place behind an item
     */
    public static <T> Page<T> of(List<T> rows, PageRequest asked, Function<T, Cursor> cursor) {
        if (rows.size() <= asked.limit()) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = List.copyOf(rows.subList(0, asked.limit()));
        return new Page<>(items, cursor.apply(items.getLast()).encoded());
    }
}
