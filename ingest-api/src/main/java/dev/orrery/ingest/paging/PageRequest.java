package dev.orrery.ingest.paging;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a list: {@code ?limit=&cursor=}.
 *
 * @param limit items of the page, 1 to 100
 * @param after the place it begins behind; in a list that descends, everything is before the first
 *     one
 */
public record PageRequest(int limit, Cursor after) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int GREATEST_LIMIT = 100;
    private static final Cursor BEGINNING = new Cursor(Long.MAX_VALUE, new UUID(-1, -1));

    /** Reads the parameters of a list that descends; a {@link Problem} when they make no sense. */
    public static PageRequest descending(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit(limit), cursor == null ? BEGINNING : Cursor.decoded(cursor));
    }

    /** Whether the list is read from its beginning. */
    public boolean isFirst() {
        return after.equals(BEGINNING);
    }

    /** The item it begins behind, in a list whose cursors name items; null at the beginning. */
    public @Nullable UUID afterId() {
        return isFirst() ? null : after.id();
    }

    /**
     * A text of the item it begins behind, in a list that ascends by texts; an empty one, which
     * comes before all others, at the beginning.
     */
    public String afterText(int index) {
        return isFirst() ? "" : after.text(index);
    }

    /** How many rows to read so that it shows whether more follow. */
    public int limitAndOne() {
        return limit + 1;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= GREATEST_LIMIT) {
                return limit;
            }
        }
        throw new Problem(
                ProblemCode.INVALID_REQUEST, "limit (expected: 1 to " + GREATEST_LIMIT + ")");
    }
}
