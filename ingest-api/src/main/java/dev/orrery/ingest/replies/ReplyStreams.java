package dev.orrery.ingest.replies;

import dev.orrery.events.ReplyEvent;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.turns.TurnReads;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.turns.ReplyPosition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Replies as streams of server-sent events. A stream ends with the end of the turn; one that stops
 * before it was closed by a shutdown, a slow client, the network, or because its turn should have
 * ended long ago, and is picked up again with the id of its last event, at any instance. May be
 * called on any thread; never blocks.
 */
@Component
public final class ReplyStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReplyStreams.class);

    /**
     * Never sent: tells a stream that its turn has ended, also to a client that had seen the end
     * already.
     */
    private static final ServerSentEvent<String> OVER =
            ServerSentEvent.<String>builder().comment("over").build();

    private final ReplyTails tails;
    private final TurnReads turns;
    private final ReplyEncoder encoder;
    private final ReplySettings settings;
    private final Counter slowReaders;
    private final StreamPlaces places;
    private final Clock clock;
    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile boolean running;

    ReplyStreams(
            ReplyTails tails,
            TurnReads turns,
            ReplyEncoder encoder,
            ReplySettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.tails = tails;
        this.turns = turns;
        this.encoder = encoder;
        this.settings = settings;
        this.places = new StreamPlaces(settings.streams(), settings.streamsOfUser());
        this.clock = clock;
        this.slowReaders = meters.counter("orrery.door.slow.readers");
    }

    /**
     * Asks for a place before a message is accepted for it; a {@link Problem} when there is none
     * for this user, or when this instance is about to stop.
     */
    public void requireRoom(String user) {
        if (!running) {
            throw ProblemCode.unavailable("this instance takes no further streams");
        }
        places.require(user);
    }

    /**
     * The reply to a turn that was accepted this moment. Never refused: the message is safe, and
     * {@link #requireRoom} was asked.
     *
     * @param onListening begins the turn's journey; called once, when nothing of the reply can be
     *     missed any more
     */
    public Flux<ServerSentEvent<String>> ofNew(TurnRow accepted, Runnable onListening) {
        return counted(accepted, live(accepted, null, Mono.fromRunnable(onListening)));
    }

    /**
     * The reply to any turn, from its row if it has ended; a {@link Problem} when there is no room.
     *
     * @param after the last place that the client has seen; null for none
     */
    public Flux<ServerSentEvent<String>> of(TurnRow turn, @Nullable ReplyPosition after) {
        return Flux.defer(() -> {
            requireRoom(turn.userId());
            // The turn may end between the reading of its row and the first moment we listen, so
            // it is read once more then.
            return counted(
                    turn,
                    turn.ending() != null
                            ? stored(turn, after)
                            : live(turn, after, ended(turn.turnId())));
        });
    }

    private Flux<ServerSentEvent<String>> stored(TurnRow turn, @Nullable ReplyPosition after) {
        return shown(new ReplyCursor(turn.turnId(), turn.sessionId(), after).end(turn));
    }

    /** Whether the turn has ended and the client has seen its end. */
    public static boolean isAllSeen(TurnRow turn, @Nullable ReplyPosition after) {
        return turn.ending() != null && turn.ending().terminalPosition().equals(after);
    }

    /** What a stream reacts to. */
    private sealed interface Signal {
        record Opened() implements Signal {}

        record Heard(ReplyEvent event) implements Signal {}

        record Ended(TurnRow row) implements Signal {}

        record Silent() implements Signal {}
    }

    private Flux<ServerSentEvent<String>> live(
            TurnRow turn,
            @Nullable ReplyPosition after,
            Publisher<? extends Signal> onceListening) {
        return Flux.defer(() -> {
            var cursor = new ReplyCursor(turn.turnId(), turn.sessionId(), after);
            var heardLately = new AtomicBoolean();
            Flux<Signal> heard =
                    tails.follow(turn.turnId(), turn.replyPartition(), turn.replyOffset())
                            .doOnNext(event -> heardLately.set(true))
                            .map(Signal.Heard::new);
            Flux<Signal> checks =
                    Flux.interval(settings.checkAfter())
                            .onBackpressureDrop()
                            .filter(tick -> !heardLately.getAndSet(false))
                            .concatMap(tick -> ended(turn.turnId()), 1);
            Flux<Signal> silence =
                    Flux.interval(settings.keepAlive())
                            .onBackpressureDrop()
                            .map(tick -> new Signal.Silent());
            // All are subscribed to at once, in this order and whether or not the client reads:
            // 1 listen, or fail while the answer can still be a problem; 2 send the headers; 3
            // begin the turn's journey.
            return Flux.merge(heard, Mono.just(new Signal.Opened()), onceListening, checks, silence)
                    .concatMap(signal -> react(cursor, signal).concatWith(overIfEnded(cursor)), 1)
                    .takeWhile(event -> event != OVER);
        });
    }

    private Flux<ServerSentEvent<String>> react(ReplyCursor cursor, Signal signal) {
        return switch (signal) {
            // The comment sends the headers when there is nothing else to say yet.
            case Signal.Opened ignored ->
                    Flux.concat(Flux.just(encoder.comment("open")), shown(cursor.begin()));
            case Signal.Heard heard -> heard(cursor, heard.event());
            case Signal.Ended ended -> shown(cursor.end(ended.row()));
            case Signal.Silent ignored -> Flux.just(encoder.comment("keep-alive"));
        };
    }

    private static Mono<ServerSentEvent<String>> overIfEnded(ReplyCursor cursor) {
        return Mono.defer(() -> cursor.hasEnded() ? Mono.just(OVER) : Mono.empty());
    }

    private Flux<ServerSentEvent<String>> heard(ReplyCursor cursor, ReplyEvent event) {
        var part = LiveReply.part(event);
        if (part == null) {
            return Flux.empty();
        }
        var parts = cursor.live(part);
        return parts != null
                ? shown(parts)
                : ended(UUID.fromString(event.getTurnId()))
                        .cast(Signal.Ended.class)
                        .flatMapIterable(ended -> cursor.end(ended.row()))
                        .map(encoder::event);
    }

    private Flux<ServerSentEvent<String>> shown(List<ReplyPart> parts) {
        return Flux.fromIterable(parts).map(encoder::event);
    }

    /** A database that is away is asked again at the next silence; the stream lives on. */
    private Flux<Signal> ended(UUID turn) {
        return turns.ended(turn)
                .<Signal>map(Signal.Ended::new)
                .flux()
                .onErrorResume(failure -> {
                    log.debug("Could not see whether a turn has ended: turn={}", turn, failure);
                    return Flux.empty();
                });
    }

    /**
     * Holds a place for as long as the stream is open. What ends it here ends it also for a client
     * that reads nothing: an end asks nobody for demand.
     */
    private Flux<ServerSentEvent<String>> counted(
            TurnRow turn, Flux<ServerSentEvent<String>> stream) {
        return Flux.defer(() -> {
            places.take(turn.userId());
            return stream.takeUntilOther(closing.asMono())
                    .takeUntilOther(Mono.delay(longest(turn)))
                    .doOnError(ReplyReader.SlowReader.class, slow -> slowReaders.increment())
                    .doFinally(ignored -> places.leave(turn.userId()));
        });
    }

    /** By then the turn has ended, or those who end it are away and the client may ask later. */
    private Duration longest(TurnRow turn) {
        var untilDeadline = Duration.between(clock.instant(), turn.deadline());
        return turn.ending() != null || untilDeadline.isNegative()
                ? settings.linger()
                : untilDeadline.plus(settings.linger());
    }

    int openStreams() {
        return places.taken();
    }

    @Override
    public void start() {
        closing = Sinks.empty();
        running = true;
    }

    /** Closes every stream, so that clients resume elsewhere while this server drains. */
    @Override
    public void stop() {
        running = false;
        closing.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The first to stop, before the web server waits for its requests to end. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
