package dev.orrery.ingest.messages;

import dev.orrery.ids.DerivedId;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client calls a message, so that it can post it again and mean the same one. The draft of
 * the IETF has it as a quoted string, most clients send it bare; both are the same key. Keys live
 * as long as the message.
 *
 * @param key 1 to 255 printable ASCII characters
 */
record IdempotencyKey(String key) {

    static final String HEADER = "Idempotency-Key";

    private static final UUID NAMESPACE = UUID.fromString("6f1d6d0e-5a0b-4d3e-9f53-2c1c7f3b8a10");
    private static final int LONGEST = 255;

    /**
     * @param headers all headers of this name; null when there is none
     */
    static @Nullable IdempotencyKey of(@Nullable List<String> headers) {
        if (headers == null || headers.isEmpty()) {
            return null;
        }
        var key = unquoted(headers.getFirst().strip());
        if (headers.size() > 1
                || key.isEmpty()
                || key.length() > LONGEST
                || !key.chars().allMatch(IdempotencyKey::isPrintable)) {
            throw new Problem(
                    ProblemCode.INVALID_REQUEST,
                    HEADER
                            + " (expected: one, of 1 to "
                            + LONGEST
                            + " printable ASCII characters)");
        }
        return new IdempotencyKey(key);
    }

    /** The one message this user can mean by the key, in whichever session. */
    UUID messageOf(String user) {
        return DerivedId.of(DerivedId.of(NAMESPACE, user), key);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : text;
    }

    private static boolean isPrintable(int character) {
        return character >= 0x20 && character <= 0x7e;
    }
}
