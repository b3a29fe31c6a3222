package dev.orrery.simulator.call;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger of what a service was asked. Counts are complete; the calls themselves are kept while
 * there is room, the newest {@value #MAX_KEPT} and at most {@value #MAX_KEPT_BYTES} bytes of
 * bodies.
 *
 * <p>Called on any thread; holds its lock for the time of a copy.
 */
public final class Calls {

    private static final int MAX_KEPT = 2_000;

    private static final long MAX_KEPT_BYTES = 32L << 20;

    /**
     * Targets are named by clients, so their number is bounded too: the ones above it are counted
     * together.
     */
    private static final int MAX_TARGETS = 10_000;

    private static final String OTHER_TARGETS = "other";

    private final Clock clock;

    private final Deque<Call> kept = new ArrayDeque<>();

    private final Map<String, Integer> counts = new HashMap<>();

    private long keptBytes;

    private int count;

    public Calls(Clock clock) {
        this.clock = clock;
    }

    /** Records a call that has just arrived. */
    public synchronized Call begin(String target, Received received) {
        Call call = new Call(target, received, clock.instant());
        count++;
        boolean counted = counts.containsKey(target) || counts.size() < MAX_TARGETS;
        counts.merge(counted ? target : OTHER_TARGETS, 1, Integer::sum);
        kept.addLast(call);
        keptBytes += received.body().length;
        while (kept.size() > MAX_KEPT || keptBytes > MAX_KEPT_BYTES) {
            keptBytes -= kept.removeFirst().received().body().length;
        }
        return call;
    }

    /** How often anything was called since the start or the last {@link #forget}. */
    public synchronized int count() {
        return count;
    }

    /** How often this target was called. */
    public synchronized int count(String target) {
        return counts.getOrDefault(target, 0);
    }

    /** The calls of this target that are still kept, oldest first. */
    public synchronized List<Call> of(String target) {
        return kept.stream().filter(call -> call.target().equals(target)).toList();
    }

    /** All calls that are still kept, oldest first. */
    public synchronized List<Call> all() {
        return List.copyOf(kept);
    }

    /** Begins an empty ledger. */
    public synchronized void forget() {
        kept.clear();
        counts.clear();
        keptBytes = 0;
        count = 0;
    }
}
