package dev.orrery.llm.cancellations;

import dev.orrery.events.CancelRequested;
import dev.orrery.llm.leases.LiveRun.StopReason;
import dev.orrery.llm.leases.LiveRuns;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.topics.Topics;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Hears of every cancelled turn, as every worker does, and stops its run if that is here. Whoever
 * cancelled has ended the turn already and told its user; all that is left to do is to stop paying
 * for it. A cancellation that is missed, while the broker is away or before this worker listened,
 * is noticed by the next renewal of the lease.
 *
 * <p>Thread safety: all methods may be called on any thread.
 */
public final class CancelledTurns {

    private static final Logger log = LoggerFactory.getLogger(CancelledTurns.class);

    private final TopicTail tail;
    private final LiveRuns runs;
    private @Nullable Disposable listening;

    public CancelledTurns(TopicTail tail, LiveRuns runs) {
        this.tail = tail;
        this.runs = runs;
    }

    /** Begins to listen, at the end of the topic. */
    public synchronized void start() {
        if (listening == null) {
            listening =
                    Flux.range(0, Topics.CHAT_CANCELLATIONS.partitions())
                            .flatMap(partition ->
                                    tail.tail(Topics.CHAT_CANCELLATIONS, partition, null))
                            .subscribe(
                                    this::stop,
                                    failure ->
                                            log.error("BUG: cancellations are not heard", failure));
        }
    }

    /** Stops listening. */
    public synchronized void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    private void stop(Tailed<CancelRequested> cancelled) {
        var turn = cancelled.event().value().getTurnId();
        try {
            runs.stop(UUID.fromString(turn), StopReason.CANCELLED);
        } catch (IllegalArgumentException noUuid) {
            log.warn(
                    "Passed over a cancellation that names no turn: offset={}", cancelled.offset());
        }
    }
}
