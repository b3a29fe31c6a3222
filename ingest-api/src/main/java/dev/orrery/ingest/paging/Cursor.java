package dev.orrery.ingest.paging;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a list that is ordered by a number and, where numbers are equal, by an id. Opaque to
 * clients, but no secret.
 *
 * @param number the number of the item the next page begins behind, 0 or more
 * @param id its id
 */
public record Cursor(long number, UUID id) {

    private static final int BYTES = 24;
    private static final UUID NO_ID = new UUID(0, 0);

    /** A place in a list whose numbers are unique. */
    public static Cursor of(long number) {
        return new Cursor(number, NO_ID);
    }

    static Cursor decoded(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.getLong(0) >= 0) {
                return new Cursor(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException malformed) {
            // answered below, like a wrong length or number
        }
        throw new Problem(
                ProblemCode.INVALID_REQUEST,
                "cursor: unreadable (expected: the \"next\" of a page)");
    }

    String encoded() {
        var bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(number)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
