package dev.orrery.ingest.replies;

import dev.orrery.ingest.problems.ProblemCode;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many streams are open at this instance, in all and of each user, so that nobody has them all.
 * Whoever asks at the same moment as others may get a place too many; the bounds keep memory, and
 * count no money. May be called on any thread; never blocks.
 */
final class StreamPlaces {

    private static final long RETRY_AFTER_SECONDS = 2;

    private final int most;
    private final int mostOfUser;
    private final AtomicInteger taken = new AtomicInteger();

    /** Only users who have a stream open. */
    private final ConcurrentHashMap<String, Integer> takenByUser = new ConcurrentHashMap<>();

    StreamPlaces(int most, int mostOfUser) {
        this.most = most;
        this.mostOfUser = mostOfUser;
    }

    /** A {@link dev.orrery.pipeline.http.Problem} when there is no further place for this user. */
    void require(String user) {
        if (taken.get() >= most) {
            throw ProblemCode.unavailable("this instance takes no further streams");
        }
        if (takenByUser.getOrDefault(user, 0) >= mostOfUser) {
            throw ProblemCode.tooMany(
                    "open streams of this user (expected: at most " + mostOfUser + ")",
                    RETRY_AFTER_SECONDS);
        }
    }

    /** Takes a place, whether or not there is one. */
    void take(String user) {
        taken.incrementAndGet();
        takenByUser.merge(user, 1, Integer::sum);
    }

    /** Gives a place back that was taken. */
    void leave(String user) {
        taken.decrementAndGet();
        takenByUser.computeIfPresent(user, (known, places) -> places == 1 ? null : places - 1);
    }

    int taken() {
        return taken.get();
    }
}
