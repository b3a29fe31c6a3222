package dev.orrery.ingest.admin.authors;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Works for authors on threads of its own: reading a long prompt or comparing two may take tens of
 * milliseconds of a processor, which event loops owe to chats. May be called on any thread; never
 * blocks it.
 */
@Component
public final class AuthorThreads implements AutoCloseable {

    private static final int THREADS = 2;

    /** Of each thread; who comes later is told to come again. */
    private static final int MOST_WAITING = 50;

    private final Scheduler threads =
            Schedulers.newBoundedElastic(THREADS, MOST_WAITING, "authors");

    /** What this computes, which must not block; a {@link Problem} when too many wait. */
    public <T> Mono<T> compute(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(threads)
                .onErrorMap(RejectedExecutionException.class, full -> tooMany());
    }

    private static Problem tooMany() {
        return ProblemCode.unavailable(
                "more than " + MOST_WAITING + " prompts wait to be read (expected: fewer)");
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
