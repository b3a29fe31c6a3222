package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/**
 * What was heard of the replies that have not ended, for clients that come later. Bounded: when it
 * is full, the reply that began first is forgotten, and with it every claim to know replies that
 * began before that point.
 *
 * <p>Not thread-safe; its tail guards it.
 */
final class ReplyLogs {

    /** Memory of an event beside its text: objects, headers, references. */
    private static final int EVENT_OVERHEAD_BYTES = 160;

    private record Log(long firstOffset, List<ReplyEvent> events) {}

    private final int maxEvents;
    private final long maxBytes;
    private final LinkedHashMap<UUID, Log> logs =
            new LinkedHashMap<>(); // in the order of their first offsets
    private long completeFrom;
    private int events;
    private long bytes;

    /**
     * @param completeFrom the first offset that will be added
     */
    ReplyLogs(long completeFrom, int maxEvents, long maxBytes) {
        this.completeFrom = completeFrom;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /**
     * Whether everything that a reply said since {@code offset} is here, if the reply has not
     * ended.
     */
    boolean isCompleteFrom(long offset) {
        return offset >= completeFrom;
    }

    /** What was heard of a reply; empty when nothing was. */
    List<ReplyEvent> of(UUID turn) {
        var log = logs.get(turn);
        return log == null ? List.of() : List.copyOf(log.events());
    }

    void add(UUID turn, ReplyEvent event, long offset) {
        logs.computeIfAbsent(turn, ignored -> new Log(offset, new ArrayList<>()))
                .events()
                .add(event);
        events++;
        bytes += sizeOf(event);
        while (events > maxEvents || bytes > maxBytes) {
            forgetOldest();
        }
    }

    /** The reply has ended; from now on the turn's row has it. */
    void remove(UUID turn) {
        var log = logs.remove(turn);
        if (log != null) {
            release(log);
        }
    }

    int size() {
        return events;
    }

    private void forgetOldest() {
        var oldest = logs.pollFirstEntry().getValue();
        release(oldest);
        completeFrom = oldest.firstOffset() + 1;
    }

    private void release(Log log) {
        events -= log.events().size();
        log.events().forEach(event -> bytes -= sizeOf(event));
    }

    private static long sizeOf(ReplyEvent event) {
        return EVENT_OVERHEAD_BYTES + (event.getText() == null ? 0 : 2L * event.getText().length());
    }
}
