package dev.orrery.pipeline.trial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The group's committed offset of a partition only grows: what was committed does not come again.
 */
public final class CommitsNeverGoBack implements Guarantee {

    private final Map<Integer, Long> highest = new HashMap<>();
    private final Violations violations = new Violations();

    @Override
    public String statement() {
        return "commits never go back";
    }

    @Override
    public synchronized void onCommitted(int partition, long offset) {
        long before = highest.getOrDefault(partition, 0L);
        if (offset < before) {
            violations.add(
                    "committed %d of partition %d after %d".formatted(offset, partition, before));
        }
        highest.put(partition, offset);
    }

    @Override
    public synchronized List<String> violations() {
        return violations.all();
    }
}
