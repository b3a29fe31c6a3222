package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEvent;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.topics.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/**
 * Every place this instance listens to: its home partition, always, and for as long as somebody
 * needs them partitions of other instances and times before this one started. May be called on any
 * thread; never blocks.
 */
@Component
public final class ReplyTails implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReplyTails.class);

    /** A tail that others opened, with how many read it. */
    private static final class Foreign {
        private final PartitionTail tail;
        private int readers;

        private Foreign(PartitionTail tail) {
            this.tail = tail;
        }
    }

    private final TopicTail topic;
    private final ReplySettings settings;
    private final int homePartition;
    private final List<Foreign> foreign = new ArrayList<>(); // guarded by itself
    private final Disposable.Swap starting = Disposables.swap();
    private volatile @Nullable PartitionTail home;
    private volatile boolean running;

    ReplyTails(TopicTail topic, ReplySettings settings, DoorSettings door) {
        this.topic = topic;
        this.settings = settings;
        this.homePartition = door.home(hostName());
    }

    /**
     * The address of replies to a turn that is accepted now; empty as long as the broker was never
     * reached.
     */
    public Optional<ReplyAddress> address() {
        var tail = home;
        return tail == null
                ? Optional.empty()
                : Optional.of(new ReplyAddress(tail.partition(), tail.nextOffset()));
    }

    /**
     * The events of an unfinished turn from its first one on, without end; a repeat is possible, a
     * loss is not. Listens as soon as it is subscribed to, or fails at once.
     */
    Flux<ReplyEvent> follow(UUID turn, int partition, long from) {
        return Flux.defer(() ->
                followHome(turn, partition, from)
                        .orElseGet(() -> followForeign(turn, partition, from)));
    }

    private Optional<Flux<ReplyEvent>> followHome(UUID turn, int partition, long from) {
        var tail = home;
        return tail == null || tail.partition() != partition
                ? Optional.empty()
                : tail.follow(turn, from);
    }

    private Flux<ReplyEvent> followForeign(UUID turn, int partition, long from) {
        synchronized (foreign) {
            for (var each : foreign) {
                if (each.tail.partition() == partition) {
                    var events = each.tail.follow(turn, from);
                    if (events.isPresent()) {
                        return shared(each, events.get());
                    }
                }
            }
            if (foreign.size() >= settings.foreignTails()) {
                throw ProblemCode.unavailable("too many replies of other instances are followed");
            }
            var logs = settings.foreignLogs(from);
            var opened =
                    new Foreign(new PartitionTail(partition, from, logs, settings.readerBuffer()));
            var events = opened.tail.follow(turn, from).orElseThrow();
            foreign.add(opened);
            opened.tail.open(topic);
            return shared(opened, events);
        }
    }

    /** Called with the list's monitor held. */
    private Flux<ReplyEvent> shared(Foreign tail, Flux<ReplyEvent> events) {
        tail.readers++;
        return events.doFinally(ignored -> leave(tail));
    }

    private void leave(Foreign tail) {
        synchronized (foreign) {
            tail.readers--;
            if (tail.readers == 0) {
                foreign.remove(tail);
                tail.tail.close();
            }
        }
    }

    int foreignTails() {
        synchronized (foreign) {
            return foreign.size();
        }
    }

    /**
     * Finds the end of the home partition and listens from there; tries until the broker answers.
     */
    @Override
    public void start() {
        running = true;
        starting.update(
                topic.endOffset(Topics.CHAT_REPLIES, homePartition)
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                        .maxBackoff(Duration.ofSeconds(2))
                                        .doBeforeRetry(signal -> reportWaiting(signal.failure())))
                        .subscribe(this::listenFrom));
    }

    private void listenFrom(long end) {
        var tail =
                new PartitionTail(
                        homePartition, end, settings.homeLogs(end), settings.readerBuffer());
        tail.open(topic);
        home = tail;
        log.info("Replies are heard: partition={} offset={}", homePartition, end);
    }

    private void reportWaiting(Throwable failure) {
        log.warn("No message is accepted before the broker answers: cause={}", failure.toString());
    }

    @Override
    public void stop() {
        running = false;
        starting.dispose();
        var tail = home;
        if (tail != null) {
            tail.close();
            home = null;
        }
        synchronized (foreign) {
            foreign.forEach(each -> each.tail.close());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server opens, and closed after it. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 8192;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
