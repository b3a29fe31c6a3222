package dev.orrery.simulator.rates;

/** A code that no rate is published for. */
final class UnknownCurrency extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownCurrency(String parameter) {
        super("invalid currency in " + parameter, null, false, false);
    }
}
