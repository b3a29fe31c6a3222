package dev.orrery.llm.run;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Work that goes on when whoever began it no longer waits. The work bounds itself; how much of it
 * there is, is bounded by the concurrency of the stage that begins it.
 *
 * <p>Thread safety: {@link #run} may be called on any thread.
 */
public final class Detached {

    private static final Logger log = LoggerFactory.getLogger(Detached.class);

    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    /** Begins the work once per subscription and gives its result; cancelling only looks away. */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(surroundings -> {
            var result = work.doOnError(Detached::failed).contextWrite(surroundings).toFuture();
            open.add(result);
            result.whenComplete((value, failure) -> open.remove(result));
            return Mono.fromFuture(result, true);
        });
    }

    /** Whoever waits hears of it as well, if anybody does. */
    private static void failed(Throwable failure) {
        log.warn("A run failed: {}", failure.toString());
    }

    /**
     * Blocks until no work is left, but not longer than this. Not to be called on an event loop.
     */
    public void awaitIdle(Duration atMost) {
        var all = CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new));
        try {
            all.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            log.info("Answers are broken off by the stop: runs={}", open.size());
        } catch (ExecutionException failed) {
            log.debug("A run failed while it was waited for", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
