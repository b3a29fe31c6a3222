package dev.orrery.pipeline.trial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No two events of a key, and no two copies of an event, are in flight at once, in whichever
 * instances.
 *
 * <p>A handler that outlives the drain of a rebalance may meanwhile be joined by its event's next
 * owner: that is wanted (no live answer is abandoned) and the owner's lease on its turn is what
 * keeps them apart. So this guarantee holds for handlers that are quicker than the drain.
 */
public final class OneAtATimePerKey implements Guarantee {

    private final Map<String, Sighting> inFlight = new HashMap<>();
    private final Violations violations = new Violations();

    @Override
    public String statement() {
        return "one at a time per key";
    }

    @Override
    public synchronized void onStarted(Sighting event) {
        var other = inFlight.putIfAbsent(event.key(), event);
        if (other != null) {
            violations.add("started " + event + " while in flight: " + other);
        }
    }

    @Override
    public synchronized void onFinished(Sighting event) {
        inFlight.remove(event.key(), event);
    }

    @Override
    public synchronized void onAbandoned(Sighting event) {
        inFlight.remove(event.key(), event);
    }

    @Override
    public synchronized List<String> violations() {
        return violations.all();
    }
}
