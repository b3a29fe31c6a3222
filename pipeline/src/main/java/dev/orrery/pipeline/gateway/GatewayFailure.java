package dev.orrery.pipeline.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why the gateway brought no answer. Messages are our own words and its codes. */
public abstract sealed class GatewayFailure extends RuntimeException {

    private GatewayFailure(String what, @Nullable Throwable cause) {
        super(what, cause, false, false);
    }

    /** It does not take our token: the keys differ, or it does not know us. */
    public static final class TokenRefused extends GatewayFailure {
        TokenRefused() {
            super("LLM Gateway token is not available or invalid.", null);
        }
    }

    /** We, or the user, have asked too often. */
    public static final class RateLimited extends GatewayFailure {

        private final Duration retryAfter;

        RateLimited(Duration retryAfter) {
            super("rate_limited: again after " + retryAfter.toSeconds() + " s", null);
            this.retryAfter = retryAfter;
        }

        /** The least time to wait. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** It does not take the request; the same one will be refused again. */
    public static final class RequestRefused extends GatewayFailure {

        private final String code;

        RequestRefused(String code, String detail) {
            super(code + ": " + detail, null);
            this.code = code;
        }

        /** The stable code of the problem. */
        public String code() {
            return code;
        }
    }

    /** No model has answered, or none may be asked any more today. */
    public static final class NoAnswer extends GatewayFailure {

        private final String code;

        NoAnswer(String code) {
            super(code + ": no model has answered", null);
            this.code = code;
        }

        /** all_providers_failed, deadline_exceeded, content_refused or spending_limit_reached. */
        public String code() {
            return code;
        }
    }

    /** No connection, no answer in time, or one that is none. */
    public static final class Unreachable extends GatewayFailure {
        Unreachable(String what, @Nullable Throwable cause) {
            super("gateway: " + what, cause);
        }
    }
}
