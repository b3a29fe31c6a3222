package dev.orrery.pipeline.trial;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nothing that was sent is lost: each event has been finished at least once. */
public final class EveryEventIsHandled implements Guarantee {

    private record Id(String key, int sequence) {}

    private final Set<Id> sent = new HashSet<>();
    private final Set<Id> finished = new HashSet<>();

    @Override
    public String statement() {
        return "every event is handled";
    }

    @Override
    public synchronized void onSent(Sent event) {
        sent.add(new Id(event.key(), event.sequence()));
    }

    @Override
    public synchronized void onFinished(Sighting event) {
        finished.add(new Id(event.key(), event.sequence()));
    }

    @Override
    public synchronized List<String> violations() {
        var violations = new Violations();
        for (Id each : sent) {
            if (!finished.contains(each)) {
                violations.add("never finished: " + each.key() + "#" + each.sequence());
            }
        }
        return violations.all();
    }
}
