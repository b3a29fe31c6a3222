package dev.orrery.pipeline.trial;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was handled has left its effect in the log, and the effects of a key stand there in order.
 *
 * <p>Valid traces of a key: {@code 0 1 2}; {@code 0 1 0 1 2}, repeats after a redelivery. Invalid:
 * {@code 0 2}, an effect that is missing, or that comes after a later one.
 */
public final class EveryEffectIsWritten implements Guarantee {

    private record Id(String key, int sequence) {}

    private final Set<Id> finished = new HashSet<>();
    private final Set<Id> buried = new HashSet<>();
    private final Map<String, Integer> highest = new HashMap<>();
    private final Violations outOfOrder = new Violations();

    @Override
    public String statement() {
        return "every effect is written, in order per key";
    }

    @Override
    public synchronized void onFinished(Sighting event) {
        finished.add(new Id(event.key(), event.sequence()));
    }

    @Override
    public synchronized void onBuried(Sighting event) {
        buried.add(new Id(event.key(), event.sequence()));
    }

    @Override
    public synchronized void onWritten(String key, int sequence) {
        int last = highest.getOrDefault(key, -1);
        if (sequence > last + 1) {
            outOfOrder.add("written " + key + "#" + sequence + " after #" + last);
        }
        highest.put(key, Math.max(last, sequence));
    }

    @Override
    public synchronized List<String> violations() {
        var violations = new Violations();
        outOfOrder.all().forEach(violations::add);
        for (Id each : finished) {
            boolean written = each.sequence() <= highest.getOrDefault(each.key(), -1);
            if (!written && !buried.contains(each)) {
                violations.add("never written: " + each.key() + "#" + each.sequence());
            }
        }
        return violations.all();
    }
}
