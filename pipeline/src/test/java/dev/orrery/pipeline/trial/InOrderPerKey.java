package dev.orrery.pipeline.trial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The events of a key are begun in the order in which they were sent.
 *
 * <p>Valid traces, with {@code |} for a new assignment of the key's partition: {@code 0 1 2};
 * {@code 0 1 1 2}, a retry in the lane; {@code 0 1 2 | 1 2 3}, redelivery of what was not
 * committed. Invalid: {@code 0 2}, a gap, also across {@code |}; {@code 0 1 2 1}, a regress that no
 * assignment explains.
 */
public final class InOrderPerKey implements Guarantee {

    private static final class Progress {
        private int last = -1;
        private int highest = -1;
        private long assignments;
    }

    private final ToIntFunction<String> partitionOf;
    private final Map<String, Progress> keys = new HashMap<>();
    private final Map<Integer, Long> assignments = new HashMap<>();
    private final Violations violations = new Violations();

    /**
     * @param partitionOf where the events of a key stand
     */
    public InOrderPerKey(ToIntFunction<String> partitionOf) {
        this.partitionOf = partitionOf;
    }

    @Override
    public String statement() {
        return "in order per key";
    }

    @Override
    public synchronized void onAssigned(int partition, String member) {
        assignments.merge(partition, 1L, Long::sum);
    }

    @Override
    public synchronized void onStarted(Sighting event) {
        var progress = keys.computeIfAbsent(event.key(), key -> new Progress());
        long assignment = assignments.getOrDefault(partitionOf.applyAsInt(event.key()), 0L);
        boolean follows =
                event.sequence() == progress.last + 1 || event.sequence() == progress.last;
        boolean redelivered =
                assignment > progress.assignments && event.sequence() <= progress.highest + 1;
        if (!follows && !redelivered) {
            violations.add(
                    "started "
                            + event
                            + " after #"
                            + progress.last
                            + ", highest so far #"
                            + progress.highest);
        }
        progress.last = event.sequence();
        progress.highest = Math.max(progress.highest, event.sequence());
        progress.assignments = assignment;
    }

    @Override
    public synchronized List<String> violations() {
        return violations.all();
    }
}
