package dev.orrery.database;

import org.jspecify.annotations.Nullable;

/**
 * What a function said.
 *
 * @param verdict or the finding of a sweep
 * @param detail of {@code accept_turn}, JSON
 * @param turn the row as it stands; null when there is none
 */
record Answer(String verdict, @Nullable String detail, @Nullable Turn turn) {

    Turn row() {
        if (turn == null) {
            throw new AssertionError(verdict + " without a row (expected: a row)");
        }
        return turn;
    }
}
