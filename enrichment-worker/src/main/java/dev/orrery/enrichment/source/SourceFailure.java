package dev.orrery.enrichment.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a source has no answer, made once where it failed. Its message is worded by us: it holds
 * nothing that a user or a service said.
 */
public abstract sealed class SourceFailure extends RuntimeException {

    private final String code;

    private SourceFailure(String code, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
    }

    /** Stable code: the absence stated in the context, and the tag of metrics. */
    public String code() {
        return code;
    }

    /** Whether the same call may work a moment later. */
    public boolean mayPass() {
        return switch (this) {
            case Unreachable ignored -> true;
            case Failing ignored -> true;
            case NotAskable ignored -> false;
            case Overloaded ignored -> false;
            case TimedOut ignored -> false;
            case RateLimited ignored -> false;
            case Refused ignored -> false;
            case InvalidAnswer ignored -> false;
            case Defective ignored -> false;
        };
    }

    /** The profile does not hold what would have to be asked. */
    public static final class NotAskable extends SourceFailure {
        /**
         * @param code what is missing; begins with {@code no_} when the user has not told it
         */
        public NotAskable(String code) {
            super(code, "the profile cannot be asked about", null);
        }
    }

    /** No connection, or a connection that broke. */
    public static final class Unreachable extends SourceFailure {
        public Unreachable(String what, Throwable cause) {
            super("unreachable", what, cause);
        }
    }

    /**
     * We ask more at the same time than the connections to the service take. Asking once more would
     * be the same again, and more of it.
     */
    public static final class Overloaded extends SourceFailure {
        public Overloaded(String what) {
            super("overloaded", what, null);
        }
    }

    /** The service says that it has a problem of its own. */
    public static final class Failing extends SourceFailure {
        public Failing(int status) {
            super("failing", "status " + status, null);
        }
    }

    /** No answer in time. */
    public static final class TimedOut extends SourceFailure {
        public TimedOut(Duration limit) {
            super("timed_out", "no answer within " + limit.toMillis() + " ms", null);
        }
    }

    /** The service wants to be asked less. */
    public static final class RateLimited extends SourceFailure {
        public RateLimited(String what) {
            super("rate_limited", what, null);
        }
    }

    /** The service will not answer us: wrong credentials, an unknown address, a redirect. */
    public static final class Refused extends SourceFailure {
        public Refused(int status) {
            super("refused", "status " + status, null);
        }
    }

    /** Our own code fails over an answer. */
    public static final class Defective extends SourceFailure {
        /**
         * @param what kind and place of the failure; nothing that it quotes
         */
        public Defective(String what) {
            super("internal", what, null);
        }
    }

    /** What came is not what was promised; nothing of it is used. */
    public static final class InvalidAnswer extends SourceFailure {
        /**
         * @param what where, and what was expected there; without the value
         */
        public InvalidAnswer(String what) {
            super("invalid_answer", what, null);
        }
    }
}
