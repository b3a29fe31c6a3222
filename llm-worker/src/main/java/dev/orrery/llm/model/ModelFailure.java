package dev.orrery.llm.model;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a call to a model brought no answer: the one failure type at the boundary to the providers.
 * What follows from it is decided by the chain, from the type alone. Messages are our own words,
 * and of what a provider sent they carry its id of the request and nothing else, so they may be
 * logged; there is no stack trace, since the code says it all.
 */
public abstract sealed class ModelFailure extends RuntimeException {

    private final String code;
    private final @Nullable Duration retryAfter;
    private volatile @Nullable String requestId;

    private ModelFailure(
            String code, String what, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(code + ": " + what, cause, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The stable code: in traces, metrics and logs. */
    public String code() {
        return code;
    }

    /** The least time to wait, as the provider asked for; null when it did not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The provider's id of the request, which its support asks for; null when it gave none. */
    public @Nullable String requestId() {
        return requestId;
    }

    /**
     * Notes which request failed, once it is known; a null changes nothing. As with {@link
     * #initCause}, whoever makes the failure need not be the one who knows.
     *
     * @return this
     */
    public ModelFailure about(@Nullable String requestId) {
        if (requestId != null) {
            this.requestId = requestId;
        }
        return this;
    }

    @Override
    public String getMessage() {
        var said = String.valueOf(super.getMessage());
        var id = requestId;
        return id == null ? said : said + " (request " + id + ")";
    }

    /** Too many requests or tokens in too short a time. */
    public static final class RateLimited extends ModelFailure {
        public RateLimited(String what, @Nullable Duration retryAfter) {
            super("rate_limited", what, retryAfter, null);
        }
    }

    /** The account's money or daily share has run out: waiting does not help. */
    public static final class QuotaExhausted extends ModelFailure {
        public QuotaExhausted(String what) {
            super("quota_exhausted", what, null, null);
        }
    }

    /** The provider has no room for now. */
    public static final class Overloaded extends ModelFailure {
        public Overloaded(String what, @Nullable Duration retryAfter) {
            super("overloaded", what, retryAfter, null);
        }
    }

    /** Something broke at the provider's side. */
    public static final class ServerError extends ModelFailure {
        public ServerError(String what, @Nullable Duration retryAfter) {
            super("server_error", what, retryAfter, null);
        }
    }

    /** A time limit has passed. */
    public static final class TimedOut extends ModelFailure {

        /** Which clock ran out. */
        public enum Limit {
            /** Call to connection. */
            CONNECT,
            /** Call to the first visible text or tool call. */
            FIRST_TOKEN,
            /** One piece of text to the next. */
            STALL,
            /** The whole call. */
            TOTAL,
            /** The whole turn, over all calls. */
            DEADLINE
        }

        private final Limit limit;

        public TimedOut(Limit limit) {
            super("timed_out_" + limit.name().toLowerCase(Locale.ROOT), "limit passed", null, null);
            this.limit = limit;
        }

        public Limit limit() {
            return limit;
        }
    }

    /** No connection, or it was gone before the provider said anything. */
    public static final class ConnectionFailed extends ModelFailure {
        public ConnectionFailed(String what, @Nullable Throwable cause) {
            super("connection_failed", what, null, cause);
        }
    }

    /** This key may not use this model, or the provider does not know either of them. */
    public static final class Unauthorised extends ModelFailure {

        /** What of the request was not accepted. */
        public enum Refused {
            /** The key itself. */
            KEY,
            /** The key is good, but not for this. */
            ACCESS,
            /** What is asked is not known, with whatever key. */
            TARGET
        }

        private final Refused refused;

        /** The key itself is not accepted. */
        public Unauthorised(String what) {
            this(what, Refused.KEY);
        }

        public Unauthorised(String what, Refused refused) {
            super("unauthorised", what, null, null);
            this.refused = refused;
        }

        public Refused refused() {
            return refused;
        }
    }

    /** The provider does not take our request as it stands. */
    public static final class RejectedInput extends ModelFailure {
        public RejectedInput(String what) {
            super("rejected_input", what, null, null);
        }
    }

    /** The conversation does not fit into the model's window. */
    public static final class ContextTooLong extends ModelFailure {
        public ContextTooLong(String what) {
            super("context_too_long", what, null, null);
        }
    }

    /** The provider or the model refuses the conversation, or held its own answer back. */
    public static final class ContentFiltered extends ModelFailure {
        public ContentFiltered(String what) {
            super("content_filtered", what, null, null);
        }
    }

    /** What came back is not what the protocol says, or is too large. */
    public static final class MalformedResponse extends ModelFailure {
        public MalformedResponse(String what) {
            super("malformed_response", what, null, null);
        }
    }

    /** The model finished without a visible text. */
    public static final class EmptyResponse extends ModelFailure {

        private final boolean hadNoRoom;

        public EmptyResponse(String what) {
            this(what, false);
        }

        /**
         * @param hadNoRoom whether it had spent all tokens that it was granted, as one does that
         *     thinks longer than it may
         */
        public EmptyResponse(String what, boolean hadNoRoom) {
            super("empty_response", what, null, null);
            this.hadNoRoom = hadNoRoom;
        }

        public boolean hadNoRoom() {
            return hadNoRoom;
        }
    }

    /** The stream ended, by a cut or cleanly, before the model said that it had finished. */
    public static final class TruncatedStream extends ModelFailure {
        public TruncatedStream(String what, @Nullable Throwable cause) {
            super("truncated_stream", what, null, cause);
        }
    }
}
