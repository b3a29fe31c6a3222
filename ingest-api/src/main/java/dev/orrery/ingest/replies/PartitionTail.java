package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.topics.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Listens to one partition of {@code chat.replies} from one offset on, and hands each event to
 * whoever follows its turn.
 *
 * <p>Threads: {@link #hear} runs on the consumer's own thread, {@link #follow} on any. Both hold
 * this object's monitor, for as long as it takes to copy a log and to offer to queues, and never
 * while a client is written to.
 */
final class PartitionTail {

    private static final Logger log = LoggerFactory.getLogger(PartitionTail.class);

    private final int partition;
    private final int readerBuffer;
    private final ReplyLogs logs;
    private final Map<UUID, List<ReplyReader>> readers = new HashMap<>();
    private final Disposable.Swap listening = Disposables.swap();
    private volatile long nextOffset;

    /**
     * @param from the first offset to listen to
     * @param logs empty, and complete from that offset on
     */
    PartitionTail(int partition, long from, ReplyLogs logs, int readerBuffer) {
        this.partition = partition;
        this.readerBuffer = readerBuffer;
        this.logs = logs;
        this.nextOffset = from;
    }

    /** Begins to listen; to be called once. */
    void open(TopicTail topic) {
        listening.update(
                topic.tail(Topics.CHAT_REPLIES, partition, nextOffset)
                        .subscribeOn(Schedulers.boundedElastic()) // making a client takes its time
                        .subscribe(
                                this::hear,
                                failure ->
                                        log.error(
                                                "A tail ended: partition={}", partition, failure)));
    }

    void close() {
        listening.dispose();
    }

    int partition() {
        return partition;
    }

    /** A lower bound of where the replies to turns that are accepted from now on will stand. */
    long nextOffset() {
        return nextOffset;
    }

    /**
     * The events of an unfinished turn: those that were heard already, then those to come, without
     * end.
     *
     * @param from a lower bound of where its events stand
     * @return empty when this tail does not know, or no longer, what stood there
     */
    Optional<Flux<ReplyEvent>> follow(UUID turn, long from) {
        ReplyReader reader;
        synchronized (this) {
            if (!logs.isCompleteFrom(from)) {
                return Optional.empty();
            }
            reader = new ReplyReader(logs.of(turn), readerBuffer);
            readers.computeIfAbsent(turn, ignored -> new ArrayList<>(1)).add(reader);
        }
        return Optional.of(reader.events().doFinally(ignored -> leave(turn, reader)));
    }

    private synchronized void leave(UUID turn, ReplyReader reader) {
        var following = readers.get(turn);
        if (following != null) {
            following.remove(reader);
            if (following.isEmpty()) {
                readers.remove(turn);
            }
        }
    }

    private void hear(Tailed<ReplyEvent> heard) {
        var event = heard.event().value();
        try {
            var turn = UUID.fromString(event.getTurnId());
            synchronized (this) {
                if (isTerminal(event)) {
                    logs.remove(turn);
                } else {
                    logs.add(turn, event, heard.offset());
                }
                readers.getOrDefault(turn, List.of()).forEach(reader -> reader.hear(event));
            }
        } catch (RuntimeException defect) {
            // One bad record must not end the stream of everybody else; its turn is told from its
            // row.
            log.error(
                    "A reply was passed over: partition={} offset={}",
                    partition,
                    heard.offset(),
                    defect);
        }
        nextOffset = heard.offset() + 1;
    }

    private static boolean isTerminal(ReplyEvent event) {
        return event.getKind() == ReplyKind.COMPLETED || event.getKind() == ReplyKind.FAILED;
    }
}
