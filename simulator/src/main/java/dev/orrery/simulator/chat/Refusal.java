package dev.orrery.simulator.chat;

import dev.orrery.simulator.play.Problem;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered, and why. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private final @Nullable String code;

    private final @Nullable String param;

    /**
     * @param code the provider's own name of it; null for the usual one of that status
     * @param param the field that is wrong; null for the request as a whole
     */
    public Refusal(int status, @Nullable String code, String message, @Nullable String param) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    /**
     * A request that makes no sense.
     *
     * @param param the field that is wrong; null for the request as a whole
     */
    public static Refusal invalid(String message, @Nullable String param) {
        return new Refusal(400, null, message, param);
    }

    /** There is nothing at this place. */
    public static Refusal noSuchRoute(String method, String endpoint) {
        return new Refusal(404, null, "Unknown request: " + method + " " + endpoint, null);
    }

    /** As it is told, in the answer of this number. */
    public Problem problem(long number) {
        return Problem.refused(number, status, code, String.valueOf(getMessage()), param);
    }
}
