package dev.orrery.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code chat.turns}, as far as the tests look at it. */
record Turn(
        UUID id,
        UUID session,
        int sequence,
        UUID revision,
        int profileVersion,
        String facts,
        String state,
        long hold,
        boolean free,
        String currency,
        @Nullable UUID run,
        int runNumber,
        long deliveredInput,
        long deliveredOutput,
        @Nullable End end) {

    /** What is written once, when the turn ends. */
    record End(
            Instant finishedAt,
            @Nullable String code,
            @Nullable String text,
            long charge,
            long uncollected,
            long epoch,
            boolean openedByRestart,
            List<Integer> chunkEnds) {}

    /** Reads {@code (x.turn).*}; null when the function returned none. */
    static @Nullable Turn readIfAny(ResultSet row) throws SQLException {
        return row.getObject("turn_id") == null ? null : read(row);
    }

    /** Reads {@code t.*}. */
    static Turn read(ResultSet row) throws SQLException {
        return new Turn(
                row.getObject("turn_id", UUID.class),
                row.getObject("session_id", UUID.class),
                row.getInt("sequence"),
                row.getObject("revision_id", UUID.class),
                row.getInt("profile_version"),
                row.getString("facts"),
                row.getString("state"),
                row.getLong("hold_micros"),
                row.getBoolean("is_free"),
                row.getString("currency"),
                row.getObject("run_id", UUID.class),
                row.getInt("run_number"),
                row.getLong("delivered_input"),
                row.getLong("delivered_output"),
                readEnd(row));
    }

    private static @Nullable End readEnd(ResultSet row) throws SQLException {
        var finishedAt = row.getTimestamp("finished_at");
        if (finishedAt == null) {
            return null;
        }
        Array chunkEnds = row.getArray("chunk_ends");
        return new End(
                finishedAt.toInstant(),
                row.getString("code"),
                row.getString("reply_text"),
                row.getLong("charge_micros"),
                row.getLong("uncollected_micros"),
                row.getLong("final_epoch"),
                row.getBoolean("opened_by_restart"),
                List.of((Integer[]) chunkEnds.getArray()));
    }

    End ended() {
        if (end == null) {
            throw new AssertionError("turn " + id + " is open (expected: ended)");
        }
        return end;
    }
}
