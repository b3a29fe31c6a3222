package dev.orrery.embedded;

import dev.orrery.embedded.host.StartFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Several servers on their way up at once; either all get there or none stays. One thread calls the
 * methods; each server starts on a thread of its own.
 */
final class Startup implements AutoCloseable {

    private final Consumer<Progress> listener;

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("server-start-", 1).factory());

    /**
     * In the order in which they were begun, and so in the reverse of that in which they are to be
     * closed.
     */
    private final List<CompletableFuture<? extends AutoCloseable>> parts = new ArrayList<>();

    Startup(Consumer<Progress> listener) {
        this.listener = listener;
    }

    <T extends AutoCloseable> CompletableFuture<T> begin(String part, Supplier<T> start) {
        return kept(CompletableFuture.supplyAsync(() -> timed(part, start), threads));
    }

    /** Begins once the other is up, and fails with it. */
    <T extends AutoCloseable, U extends AutoCloseable> CompletableFuture<T> beginAfter(
            CompletableFuture<U> other, String part, Function<U, T> start) {
        return kept(
                other.thenApplyAsync(needed -> timed(part, () -> start.apply(needed)), threads));
    }

    private <T extends AutoCloseable> CompletableFuture<T> kept(CompletableFuture<T> part) {
        parts.add(part);
        return part;
    }

    private <T extends AutoCloseable> T timed(String part, Supplier<T> start) {
        long beganNanos = System.nanoTime();
        T started = start.get();
        try {
            listener.accept(new Progress(part, Duration.ofNanos(System.nanoTime() - beganNanos)));
            return started;
        } catch (RuntimeException failure) {
            // The part counts as failed, so nobody else would close it.
            close(started);
            throw failure;
        }
    }

    /**
     * Blocks until every part is up or has failed; if one has failed, closes the others and throws.
     */
    void awaitAll() {
        List<RuntimeException> failures =
                parts.stream().flatMap(Startup::failure).distinct().toList();
        if (failures.isEmpty()) {
            return;
        }
        parts.reversed().stream()
                .filter(part -> !part.isCompletedExceptionally())
                .forEach(part -> close(part.join()));
        throw failures.size() == 1 ? failures.getFirst() : combined(failures);
    }

    private static Stream<RuntimeException> failure(CompletableFuture<?> part) {
        try {
            part.join();
            return Stream.empty();
        } catch (CompletionException failed) {
            return Stream.of(asRuntime(failed.getCause() == null ? failed : failed.getCause()));
        }
    }

    private static RuntimeException asRuntime(Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            default -> new StartFailed(cause.toString(), cause);
        };
    }

    private static StartFailed combined(List<RuntimeException> failures) {
        String lines = String.join("\n", failures.stream().map(Throwable::getMessage).toList());
        StartFailed combined = new StartFailed(lines);
        failures.forEach(combined::addSuppressed);
        return combined;
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception failure) {
            throw new StartFailed("cannot be stopped again: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
