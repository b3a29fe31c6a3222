package dev.orrery.standalone;

/** Somebody asked to stop before the start was over. */
final class StartStopped extends RuntimeException {

    StartStopped(String part) {
        super("stopped before " + part, null, false, false);
    }
}
