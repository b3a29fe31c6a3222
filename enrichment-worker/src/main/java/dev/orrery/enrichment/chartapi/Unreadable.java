package dev.orrery.enrichment.chartapi;

/** A body that no fields can be read from. The message repeats nothing of it. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
        super(what, null, false, false);
    }
}
