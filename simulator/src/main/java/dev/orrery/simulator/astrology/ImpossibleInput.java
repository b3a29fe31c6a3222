package dev.orrery.simulator.astrology;

/** A birth that cannot have been. The message names the field and not its value. */
final class ImpossibleInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleInput(String message) {
        super(message, null, false, false);
    }
}
