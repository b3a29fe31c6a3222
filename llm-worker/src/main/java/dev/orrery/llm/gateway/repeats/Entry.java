package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.ToolCall;
import dev.orrery.llm.gateway.answer.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in Redis under the name of a request:
 *
 * <pre>
 * byte  0        version of this form, 1
 * byte  1        P while it is being answered, A with its answer
 * bytes 2 to 44  the fingerprint, ASCII
 * bytes 45 on    P: who is answering; A: the answer, JSON
 * </pre>
 */
sealed interface Entry {

    /** What the request was, whose name it bears. */
    String fingerprint();

    /** Somebody is answering it. */
    record Pending(String fingerprint) implements Entry {}

    /** It was answered. */
    record Kept(String fingerprint, Outcome.Answered answer) implements Entry {}

    /** Reads and writes entries. Thread-safe; never blocks. */
    final class Form {

        private static final byte VERSION = 1;
        private static final byte PENDING = 'P';
        private static final byte ANSWERED = 'A';
        private static final int FINGERPRINT_FROM = 2;
        private static final int REST_FROM = FINGERPRINT_FROM + 43;

        private final JsonMapper json = JsonMapper.builder().build();

        /** Jackson builds what it needs under a lock that an event loop must not wait for. */
        Form() {
            var sample =
                    new Outcome.Answered(
                            "none",
                            "none",
                            "stop",
                            "none",
                            List.of(new ToolCall("none", "none", "{}", "none")),
                            new Usage(0, 0, 0L, 0L, false),
                            List.of(new CallTrace(1, "none", "none", null, "none", 0L, 0, 0L)));
            var fingerprint = "-".repeat(REST_FROM - FINGERPRINT_FROM);
            if (read(kept(fingerprint, sample)).isEmpty()) {
                throw new IllegalStateException("BUG: an answer cannot be read back");
            }
        }

        byte[] pending(String fingerprint, String owner) {
            return written(PENDING, fingerprint, owner.getBytes(StandardCharsets.US_ASCII));
        }

        byte[] kept(String fingerprint, Outcome.Answered answer) {
            return written(ANSWERED, fingerprint, json.writeValueAsBytes(answer));
        }

        private static byte[] written(byte kind, String fingerprint, byte[] rest) {
            var head = fingerprint.getBytes(StandardCharsets.US_ASCII);
            var bytes = Arrays.copyOf(new byte[] {VERSION, kind}, REST_FROM + rest.length);
            System.arraycopy(head, 0, bytes, FINGERPRINT_FROM, head.length);
            System.arraycopy(rest, 0, bytes, REST_FROM, rest.length);
            return bytes;
        }

        /** Empty when it is of another version, or of no version at all. */
        Optional<Entry> read(byte[] bytes) {
            if (bytes.length <= REST_FROM || bytes[0] != VERSION) {
                return Optional.empty();
            }
            var fingerprint =
                    new String(
                            bytes,
                            FINGERPRINT_FROM,
                            REST_FROM - FINGERPRINT_FROM,
                            StandardCharsets.US_ASCII);
            return switch (bytes[1]) {
                case PENDING -> Optional.of(new Pending(fingerprint));
                case ANSWERED ->
                        Optional.ofNullable(answer(bytes))
                                .map(answer -> new Kept(fingerprint, answer));
                default -> Optional.empty();
            };
        }

        private Outcome.@Nullable Answered answer(byte[] bytes) {
            try {
                return json.readValue(
                        bytes, REST_FROM, bytes.length - REST_FROM, Outcome.Answered.class);
            } catch (JacksonException unreadable) {
                return null;
            }
        }
    }
}
