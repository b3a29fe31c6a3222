package dev.orrery.simulator.play;

import dev.orrery.simulator.script.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call is answered with an error status.
 *
 * @param number of the answer, for ids
 * @param code the provider's own name of it; null for the usual one of that status
 * @param message holds the marker that must never reach a user
 * @param param field of the request that is wrong; null for none
 * @param retryAfter how long to leave the provider alone; null if it does not say
 */
public record Problem(
        long number,
        int status,
        @Nullable String code,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter) {

    static Problem of(Fault.Status fault, long number) {
        return new Problem(
                number,
                fault.status(),
                fault.code(),
                marked("Simulated failure with status " + fault.status()),
                null,
                fault.retryAfter());
    }

    /** A request that is refused whatever the script says. */
    public static Problem refused(
            long number,
            int status,
            @Nullable String code,
            String message,
            @Nullable String param) {
        return new Problem(number, status, code, marked(message), param, null);
    }

    /** With the marker, as everything that a provider says of an error. */
    public static String marked(String message) {
        return message + " [" + Fault.SECRET_MARKER + "]";
    }

    /** The wait in whole seconds; 0 without one. */
    public long retryAfterSeconds() {
        return retryAfter == null ? 0 : retryAfter.toSeconds();
    }
}
