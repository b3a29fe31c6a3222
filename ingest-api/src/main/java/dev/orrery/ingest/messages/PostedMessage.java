package dev.orrery.ingest.messages;

import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that asks to be accepted.
 *
 * @param id of the message and its turn
 * @param text 1 to 32,000 code points, unchanged
 * @param trace the trace of the request; null when it had none
 */
record PostedMessage(UUID id, UUID session, String user, String text, @Nullable TraceParent trace) {

    private static final int MOST_CODE_POINTS = 32_000;

    /** The text of a message; a {@link Problem} when it is missing, blank, too long or no text. */
    static String text(Fields document) {
        var text = document.allowing("text").text("text", Integer.MAX_VALUE);
        int length = text.codePointCount(0, text.length());
        if (length > MOST_CODE_POINTS) {
            throw new Problem(
                    CommonProblem.PAYLOAD_TOO_LARGE,
                    "text: " + length + " characters (expected: at most " + MOST_CODE_POINTS + ")");
        }
        return text;
    }

    /**
     * SHA-256 of everything the client means; tells a repeat from another message under the same
     * key.
     */
    byte[] hash() {
        var sha256 = Sha256.digest();
        sha256.update(session.toString().getBytes(StandardCharsets.US_ASCII));
        return sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the text: that is between the user and the bot. */
    @Override
    public String toString() {
        return "PostedMessage[id=" + id + ", session=" + session + "]";
    }
}
