package dev.orrery.pipeline.policy;

/**
 * Nobody needs the effect of this input any more. Made by {@link Retried} and {@link Expired},
 * understood by the latter.
 */
final class DeadlinePassed extends RuntimeException {

    DeadlinePassed(String message) {
        super(message, null, false, false);
    }
}
