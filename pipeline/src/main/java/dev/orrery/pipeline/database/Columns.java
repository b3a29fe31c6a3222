package dev.orrery.pipeline.database;

import io.r2dbc.spi.Readable;
import java.util.Objects;

/** Reads columns that are declared never to be null. */
public final class Columns {

    private Columns() {}

    /**
     * The value of a column.
     *
     * @throws NullPointerException that names the column, when the statement lets it be null after
     *     all
     */
    public static <T> T required(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(
                row.get(name, type), () -> "BUG: column " + name + " is null (expected: a value)");
    }
}
