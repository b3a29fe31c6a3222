package dev.orrery.embedded.testing;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that starts when it is first asked for. A failed start is remembered: the next test
 * fails at once with the same reason instead of waiting for the same time-out again. Safe on any
 * thread; the first caller blocks the others.
 */
final class Lazy<T> {

    private final Supplier<T> start;

    private @Nullable T started;

    private @Nullable RuntimeException failure;

    Lazy(Supplier<T> start) {
        this.start = start;
    }

    synchronized T get() {
        if (failure != null) {
            throw failure;
        }
        if (started != null) {
            return started;
        }
        try {
            T value = start.get();
            started = value;
            return value;
        } catch (RuntimeException reason) {
            failure = reason;
            throw reason;
        }
    }

    synchronized Optional<T> ifStarted() {
        return Optional.ofNullable(started);
    }
}
