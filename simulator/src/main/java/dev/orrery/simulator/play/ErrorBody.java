package dev.orrery.simulator.play;

import org.jspecify.annotations.Nullable;

/** How one service writes the body of an error status; always JSON. */
@FunctionalInterface
public interface ErrorBody {

    /**
     * @param code the service's own error code; null for the usual one of that status
     */
    byte[] of(int status, @Nullable String code);
}
