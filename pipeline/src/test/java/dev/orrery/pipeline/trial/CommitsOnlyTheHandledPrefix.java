package dev.orrery.pipeline.trial;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** At no moment does the group's committed offset lie beyond an event that nobody has finished. */
public final class CommitsOnlyTheHandledPrefix implements Guarantee {

    private record Id(String key, int sequence) {}

    /** Events sent and not finished, by partition and offset. */
    private final Map<Integer, NavigableMap<Long, Id>> open = new HashMap<>();

    private final Map<Id, Sent> places = new HashMap<>();
    private final Set<Id> finished = new HashSet<>();
    private final Violations violations = new Violations();

    @Override
    public String statement() {
        return "no commit beyond the contiguous handled prefix";
    }

    @Override
    public synchronized void onSent(Sent event) {
        var id = new Id(event.key(), event.sequence());
        places.put(id, event);
        if (!finished.contains(id)) {
            open.computeIfAbsent(event.partition(), partition -> new TreeMap<>())
                    .put(event.offset(), id);
        }
    }

    @Override
    public synchronized void onFinished(Sighting event) {
        var id = new Id(event.key(), event.sequence());
        finished.add(id);
        var place = places.get(id);
        if (place != null) {
            var partition = open.get(place.partition());
            if (partition != null) {
                partition.remove(place.offset());
            }
        }
    }

    @Override
    public synchronized void onCommitted(int partition, long offset) {
        var unfinished = open.get(partition);
        if (unfinished == null) {
            return;
        }
        unfinished
                .headMap(offset, false)
                .forEach((skipped, id) ->
                        violations.add(
                                "committed %d of partition %d, but open: %s#%d at %d"
                                        .formatted(
                                                offset,
                                                partition,
                                                id.key(),
                                                id.sequence(),
                                                skipped)));
    }

    @Override
    public synchronized List<String> violations() {
        return violations.all();
    }
}
