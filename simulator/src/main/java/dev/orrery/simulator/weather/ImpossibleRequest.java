package dev.orrery.simulator.weather;

/** A request that cannot be answered. The message names the parameter. */
final class ImpossibleRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleRequest(String message) {
        super(message, null, false, false);
    }
}
