package dev.orrery.pipeline.turn;

import static dev.orrery.pipeline.database.Columns.required;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a turn from the columns of {@code chat.turns}, selected by {@code (x.turn).*} or {@code
 * t.*}.
 */
public final class TurnColumns {

    private TurnColumns() {}

    /** The turn of this row. */
    public static TurnRow read(Readable row) {
        return new TurnRow(
                required(row, "turn_id", UUID.class),
                required(row, "session_id", UUID.class),
                required(row, "user_id", String.class),
                required(row, "wallet_id", UUID.class),
                required(row, "bot_id", UUID.class),
                required(row, "sequence", Integer.class),
                required(row, "revision_id", UUID.class),
                row.get("experiment_arm", String.class),
                required(row, "profile_version", Integer.class),
                required(row, "facts", String.class),
                required(row, "request_text", String.class),
                required(row, "accepted_at", Instant.class),
                required(row, "deadline", Instant.class),
                required(row, "reply_partition", Integer.class),
                required(row, "reply_offset", Long.class),
                required(row, "run_number", Integer.class),
                required(row, "currency", String.class),
                ending(row));
    }

    /** The turn of this row; empty when the function returned none. */
    public static Optional<TurnRow> readIfAny(Readable row) {
        return row.get("turn_id", UUID.class) == null ? Optional.empty() : Optional.of(read(row));
    }

    private static TurnRow.@Nullable Ending ending(Readable row) {
        var finishedAt = row.get("finished_at", Instant.class);
        if (finishedAt == null) {
            return null;
        }
        var chunkEnds = row.get("chunk_ends", Integer[].class);
        return new TurnRow.Ending(
                TurnRow.State.valueOf(
                        required(row, "state", String.class).toUpperCase(Locale.ROOT)),
                row.get("code", String.class),
                reply(row),
                trail(row),
                row.get("first_token_at", Instant.class),
                required(row, "charge_micros", Long.class),
                required(row, "final_epoch", Long.class),
                Boolean.TRUE.equals(row.get("opened_by_restart", Boolean.class)),
                chunkEnds == null ? List.of() : List.of(chunkEnds),
                finishedAt);
    }

    private static TurnRow.Trail trail(Readable row) {
        return new TurnRow.Trail(
                row.get("prompt_hash", String.class),
                jsonArray(row, "attempts"),
                row.get("cost_micros", Long.class),
                jsonArray(row, "tool_calls"),
                List.of(required(row, "marks", String[].class)));
    }

    private static String jsonArray(Readable row, String column) {
        var array = row.get(column, String.class);
        return array == null ? "[]" : array;
    }

    private static TurnRow.@Nullable StoredReply reply(Readable row) {
        var text = row.get("reply_text", String.class);
        if (text == null) {
            return null;
        }
        return new TurnRow.StoredReply(
                text,
                required(row, "finish_reason", String.class),
                required(row, "provider", String.class),
                required(row, "model", String.class),
                row.get("region", String.class),
                required(row, "input_tokens", Long.class),
                required(row, "output_tokens", Long.class),
                row.get("cached_input_tokens", Long.class),
                row.get("reasoning_tokens", Long.class),
                Boolean.TRUE.equals(row.get("usage_estimated", Boolean.class)));
    }
}
