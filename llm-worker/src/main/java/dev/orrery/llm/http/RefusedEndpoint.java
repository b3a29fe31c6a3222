package dev.orrery.llm.http;

import java.util.Locale;

/**
 * An address that is not called. Nothing has left this process for it. The message names the host
 * and what was expected; it never repeats what else the address holds, which may be a secret.
 */
public final class RefusedEndpoint extends IllegalArgumentException {

    /** Why an address is not called. */
    public enum Reason {
        /** It is not {@code http(s)://host[:port][/path]}: no user, no query, no fragment. */
        MALFORMED,
        /** It is not encrypted, and goes beyond this machine. */
        NOT_ENCRYPTED,
        /** Its host is not on the list of those that may be named by others. */
        HOST_NOT_LISTED,
        /** It leads into a network that is not the public one. */
        ADDRESS_NOT_PUBLIC;

        /** The stable code: in answers, metrics and logs. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    RefusedEndpoint(Reason reason, String what) {
        super(reason.code() + ": " + what);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
