package dev.orrery.pipeline.stage;

import dev.orrery.turns.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a handler could not do its work, and with that what happens next. */
public abstract sealed class StageFailure extends RuntimeException {

    private StageFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** May pass: the record is tried again in its lane, with back-off, until its deadline. */
    public static final class Transient extends StageFailure {

        private final @Nullable Duration retryAfter;

        public Transient(String message, @Nullable Throwable cause) {
            this(message, cause, null);
        }

        /**
         * @param retryAfter the least time to wait, as the failing side asked for; null when it did
         *     not say
         */
        public Transient(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Will never pass: the turn ends with this code, and the record goes to the dead letters. */
    public static final class Permanent extends StageFailure {

        private final FailureCode code;

        public Permanent(FailureCode code, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        public FailureCode code() {
            return code;
        }
    }
}
