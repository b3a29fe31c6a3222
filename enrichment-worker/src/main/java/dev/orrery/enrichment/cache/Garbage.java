package dev.orrery.enrichment.cache;

/** What a layer holds is not what was written there. */
final class Garbage extends RuntimeException {

    Garbage(String what) {
        super(what, null, false, false);
    }
}
