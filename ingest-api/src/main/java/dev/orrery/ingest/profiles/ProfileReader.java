package dev.orrery.ingest.profiles;

import dev.orrery.ingest.places.Gazetteer;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads profiles on threads of its own, because a name that is looked up may cost tens of
 * milliseconds and the first one a second. May be called on any thread; never blocks it.
 */
@Component
final class ProfileReader implements AutoCloseable {

    private static final int THREADS = 2;

    /** Of each thread; who comes later is told to come again. */
    private static final int MOST_WAITING = 500;

    private final Gazetteer gazetteer;
    private final Clock clock;
    private final Scheduler threads =
            Schedulers.newBoundedElastic(THREADS, MOST_WAITING, "profiles");

    ProfileReader(Gazetteer gazetteer, Clock clock) {
        this.gazetteer = gazetteer;
        this.clock = clock;
    }

    /** The profile that a document tells of; a {@link Problem} when it tells of none. */
    Mono<Profile> read(Fields document) {
        return Mono.fromCallable(() -> Profile.of(document, clock, gazetteer))
                .subscribeOn(threads)
                .onErrorMap(RejectedExecutionException.class, full -> tooMany());
    }

    private static Problem tooMany() {
        return ProblemCode.unavailable(
                "more than "
                        + THREADS * MOST_WAITING
                        + " profiles wait to be read (expected: fewer)");
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
