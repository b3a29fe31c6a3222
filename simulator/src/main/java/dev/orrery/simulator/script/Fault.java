package dev.orrery.simulator.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in one answer. At most one fault per answer, so that a test shows one cause.
 *
 * <p>Streams and whole bodies play the same faults; where one has no meaning for a whole body (text
 * after the finish, say), the body is answered as if there were none. The README has the table.
 */
public sealed interface Fault {

    /**
     * Stands in every error that a simulated provider writes, so that a scan finds any that reaches
     * a user.
     */
    String SECRET_MARKER = "SIMULATOR-SECRET-MARKER";

    /** Comes instead of any content. */
    sealed interface BeforeContent extends Fault {}

    /** Lies in the content or in the way it is sent. */
    sealed interface InContent extends Fault {

        /**
         * How many pieces of text must have gone out before it strikes; 0 if that does not matter.
         */
        default int afterTokens() {
            return 0;
        }
    }

    /**
     * An error answer.
     *
     * @param status HTTP status, 400 to 599
     * @param code the provider's own error code; null for the usual one of that status
     * @param retryAfter value of the Retry-After header in whole seconds; null for none
     */
    record Status(int status, @Nullable String code, @Nullable Duration retryAfter)
            implements BeforeContent {
        public Status {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
            }
        }

        public Status(int status) {
            this(status, null, null);
        }
    }

    /** What can come in the place of an answer. */
    enum Instead implements BeforeContent {
        /** The connection is reset before any header. */
        RESET,
        /** The request is taken and nothing is ever said, until the client leaves. */
        HANG,
        /** Status 200 and a page for people, as captive portals and broken proxies send it. */
        HTML,
        /**
         * Status 307 to {@code redirected} beside the path asked for; whoever follows is counted
         * there.
         */
        REDIRECT
    }

    /** The socket closes in the middle of the body; a whole body is cut in its middle. */
    record CutAfter(int tokens) implements InContent {
        public CutAfter {
            requireTokens(tokens);
        }

        @Override
        public int afterTokens() {
            return tokens;
        }
    }

    /** The body ends as HTTP wants it, but without finish, usage or end marker. */
    record EndAfter(int tokens) implements InContent {
        public EndAfter {
            requireTokens(tokens);
        }

        @Override
        public int afterTokens() {
            return tokens;
        }
    }

    /**
     * An error event, then the end of the body; a whole body is the error with status 200.
     *
     * @param code the provider's own name of the error; null for that of a broken server
     */
    record ErrorAfter(int tokens, @Nullable String code) implements InContent {
        public ErrorAfter {
            requireTokens(tokens);
        }

        public ErrorAfter(int tokens) {
            this(tokens, null);
        }

        @Override
        public int afterTokens() {
            return tokens;
        }
    }

    /**
     * Nothing more comes, and the connection stays open until the client leaves.
     *
     * @param keepAlive time between comments that say nothing; null for true silence
     */
    record SilenceAfter(int tokens, @Nullable Duration keepAlive) implements InContent {
        public SilenceAfter {
            requireTokens(tokens);
        }

        @Override
        public int afterTokens() {
            return tokens;
        }
    }

    /** One event that is not JSON stands between good ones; a whole body ends in its middle. */
    record BrokenEventAfter(int tokens) implements InContent {
        public BrokenEventAfter {
            requireTokens(tokens);
        }

        @Override
        public int afterTokens() {
            return tokens;
        }
    }

    /**
     * All the text, and then another reason to finish than the true one.
     *
     * @param reason {@code stop}, {@code length}, {@code tool} or {@code filtered} for the word
     *     that the provider has for it; anything else is said as it is
     */
    record FinishWith(String reason) implements InContent {}

    /**
     * One piece of text is as large as this.
     *
     * @param kibibytes 1 to 65,536
     */
    record EnormousEvent(int kibibytes) implements InContent {
        public EnormousEvent {
            if (kibibytes < 1 || kibibytes > 65_536) {
                throw new IllegalArgumentException(
                        "kibibytes: " + kibibytes + " (expected: 1 to 65536)");
            }
        }
    }

    /**
     * Every event goes out in packets of this size, wherever that cuts lines and characters.
     *
     * @param bytes 1 to 65,536
     */
    record SplitEvents(int bytes) implements InContent {
        public SplitEvents {
            if (bytes < 1 || bytes > 65_536) {
                throw new IllegalArgumentException("bytes: " + bytes + " (expected: 1 to 65536)");
            }
        }
    }

    /** Oddities that need no number. */
    enum Quirk implements InContent {
        /** No fault. */
        OK,
        /** Status 200, and the first event is an error. */
        ERROR_FIRST,
        /** A finish without any text. */
        EMPTY_ANSWER,
        /** The provider refuses the prompt: its word for filtered content, and no text. */
        BLOCKED_PROMPT,
        /** Well-formed events that lack what the client looks for. */
        MISSING_KEYS,
        /** The list in which the client looks for the answer is empty. */
        EMPTY_CHOICES,
        /** The text is null. */
        NULL_CONTENT,
        /** Tokens are never stated, even if asked for. */
        NO_USAGE,
        /** Tokens are stated twice, the same both times. */
        USAGE_TWICE,
        /** The finish comes twice. */
        FINISH_TWICE,
        /** One more piece of text comes after the finish. */
        TEXT_AFTER_FINISH,
        /** A comment stands before every piece of text. */
        COMMENTS,
        /** The right body under the wrong content type. */
        WRONG_CONTENT_TYPE,
        /** Characters of more than one byte are split over two packets. */
        SPLIT_UTF8,
        /** A byte that no UTF-8 text can hold. */
        INVALID_UTF8,
        /** The whole body comes in one packet. */
        JOINED_EVENTS,
        /** Lines end with CR LF. */
        CRLF
    }

    private static void requireTokens(int tokens) {
        if (tokens < 0 || tokens > Script.MAX_TOKENS) {
            throw new IllegalArgumentException(
                    "tokens: " + tokens + " (expected: 0 to " + Script.MAX_TOKENS + ")");
        }
    }
}
