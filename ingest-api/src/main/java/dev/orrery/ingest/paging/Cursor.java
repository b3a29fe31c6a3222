package dev.orrery.ingest.paging;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A place in a list: what the list is ordered by, as it was when the page ended. The place stays
 * where it is when its item changes or goes. Opaque to clients, but no secret.
 *
 * @param number the number of the item the next page begins behind, 0 or more
 * @param id its id
 * @param texts further things that order the list, without line breaks; most lists have none
 */
public record Cursor(long number, UUID id, List<String> texts) {

    private static final int BYTES = 24;
    private static final int MOST_BYTES = 2_048;
    private static final String BREAK = "\n";
    private static final long LATEST_MICROS = 253_402_300_799_000_000L;
    private static final UUID NO_ID = new UUID(0, 0);

    public Cursor {
        texts = List.copyOf(texts);
    }

    /** A place in a list that is ordered by a number and, where numbers are equal, by an id. */
    public Cursor(long number, UUID id) {
        this(number, id, List.of());
    }

    /** A place in a list whose numbers are unique. */
    public static Cursor of(long number) {
        return new Cursor(number, NO_ID);
    }

    /** A place in a list whose texts are unique. */
    public static Cursor of(String... texts) {
        return new Cursor(0, NO_ID, List.of(texts));
    }

    /** A place in a list that is ordered by time. */
    public static Cursor at(Instant time, UUID id) {
        return new Cursor(micros(time), id);
    }

    /** A place in a list that is ordered by texts, then by time. */
    public static Cursor at(Instant time, String... texts) {
        return new Cursor(micros(time), NO_ID, List.of(texts));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** One of the texts; a {@link Problem} when the cursor is one of another list. */
    public String text(int index) {
        if (index >= texts.size()) {
            throw unreadable();
        }
        return texts.get(index);
    }

    /** The time of {@link #at}; the end of year 9999 for whatever is later. */
    public Instant time() {
        return Instant.EPOCH.plus(Math.min(number, LATEST_MICROS), ChronoUnit.MICROS);
    }

    static Cursor decoded(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            int length = bytes.remaining();
            if (length >= BYTES && length <= MOST_BYTES && bytes.getLong(0) >= 0) {
                return new Cursor(
                        bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()), texts(bytes));
            }
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            // answered below, like a wrong length or number
        }
        throw unreadable();
    }

    private static List<String> texts(ByteBuffer rest) throws CharacterCodingException {
        var texts = StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
        if (texts.indexOf('\0') >= 0) {
            throw unreadable(); // no text of the database has one
        }
        return texts.isEmpty() ? List.of() : List.of(texts.split(BREAK, -1));
    }

    private static Problem unreadable() {
        return new Problem(
                ProblemCode.INVALID_REQUEST,
                "cursor: unreadable (expected: the \"next\" of a page)");
    }

    String encoded() {
        var rest = String.join(BREAK, texts).getBytes(StandardCharsets.UTF_8);
        var bytes =
                ByteBuffer.allocate(BYTES + rest.length)
                        .putLong(number)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .put(rest);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
