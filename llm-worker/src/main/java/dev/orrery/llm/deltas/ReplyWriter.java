package dev.orrery.llm.deltas;

import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.ReplyToolCall;
import dev.orrery.events.TurnRef;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.topics.Topics;
import dev.orrery.turns.ReplyPosition;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Writes one run's side of a reply to {@code chat.replies}: contiguous positions, ids derived from
 * the prompt and the position, addressed to the partition that the waiting instance tails. {@link
 * Draft} decides what leaves when.
 *
 * <p>Thread safety: the chain's signals come one at a time; acknowledgements and timers come from
 * elsewhere. Every change of the draft is made under this object's lock; nothing foreign is called
 * while it is held.
 *
 * <p>Bounds: holds the text of one answer, which the chain limits. An event that cannot be
 * published is tried again, with the same id, until the writer is closed.
 */
public final class ReplyWriter {

    private static final Logger log = LoggerFactory.getLogger(ReplyWriter.class);

    private final Event<?> cause;
    private final TurnRef turn;
    private final Publisher publisher;
    private final Pace pace;
    private final IntSupplier runsInFlight;
    private final Ticker ticker;
    private final Draft draft;
    private final Sinks.Empty<Void> done = Sinks.empty();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private boolean isClosed;

    /**
     * @param cause the event that the reply's events are derived from
     * @param firstEpoch the first epoch that belongs to the run
     * @param runsInFlight the load, see {@link Pace}
     */
    ReplyWriter(
            Event<?> cause,
            TurnRef turn,
            long firstEpoch,
            Publisher publisher,
            Pace pace,
            IntSupplier runsInFlight,
            Ticker ticker) {
        this.cause = cause;
        this.turn = turn;
        this.publisher = publisher;
        this.pace = pace;
        this.runsInFlight = runsInFlight;
        this.ticker = ticker;
        this.draft = new Draft(firstEpoch);
    }

    /**
     * Begins the first epoch with a restart: an earlier run may have shown text. To be called
     * before any text.
     */
    public void beginWithRestart(int attempt) {
        change(() -> draft.beginWithRestart(attempt));
    }

    /**
     * Begins the next epoch, with what is {@linkplain #keep kept}; what else of the last one has
     * not left yet never will.
     */
    public void restart(int attempt) {
        change(() -> draft.restart(attempt));
    }

    /** What was said up to now holds: whatever restarts from now on begins with it. */
    public void keep() {
        change(draft::keep);
    }

    /** Further text. */
    public void add(String text) {
        change(() -> draft.add(text));
    }

    /** How a call for a tool stands; leaves behind all text before it. */
    public void add(ToolStep step) {
        change(() -> draft.add(step));
    }

    /**
     * The reply is complete; what waits leaves at once. Returns what it has come to, before that is
     * acknowledged.
     */
    public DeliveredReply end() {
        return changed(draft::end);
    }

    /** There will be no reply; what waits never leaves. */
    public DeliveredReply abandon() {
        return changed(draft::abandon);
    }

    /**
     * Completes when the reply has ended and all its events are acknowledged; fails when one can
     * never be written.
     */
    public Mono<Void> acknowledged() {
        return done.asMono();
    }

    /** Nothing leaves any more. May be called twice. */
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        closed.tryEmitEmpty();
    }

    private void change(Runnable change) {
        changed(() -> {
            change.run();
            return draft;
        });
    }

    private <T> T changed(Supplier<T> change) {
        T result;
        Draft.Move move;
        synchronized (this) {
            result = change.get();
            move = isClosed ? new Draft.Move.Rest() : draft.next(ticker.now(), pauseNanos());
        }
        make(move);
        return result;
    }

    private long pauseNanos() {
        return pace.pause(runsInFlight.getAsInt()).toNanos();
    }

    private void make(Draft.Move move) {
        switch (move) {
            case Draft.Move.SendRestart restart -> send(restarted(restart));
            case Draft.Move.SendDelta delta -> send(delta(delta));
            case Draft.Move.SendStep step -> send(step(step));
            case Draft.Move.Wait wait ->
                    ticker.after(Duration.ofNanos(wait.nanos()))
                            .takeUntilOther(closed.asMono())
                            .subscribe(tick -> change(draft::due));
            case Draft.Move.Rest ignored -> {}
            case Draft.Move.Done ignored -> done.tryEmitEmpty();
        }
    }

    private void send(Event<ReplyEvent> event) {
        Mono.defer(() -> publisher.publish(event))
                .retryWhen(Backoff.DEFAULT.forever(PublishFailed::passes, this::tryAgain))
                .takeUntilOther(closed.asMono())
                .subscribe(nothing -> {}, done::tryEmitError, () -> change(draft::acknowledged));
    }

    private void tryAgain(Throwable failure, Duration wait) {
        log.atWarn()
                .addKeyValue("turn", turn.getTurnId())
                .addKeyValue("waitMillis", wait.toMillis())
                .addKeyValue("reason", failure.toString())
                .log("A piece of the reply is published again");
    }

    private Event<ReplyEvent> restarted(Draft.Move.SendRestart restart) {
        var value =
                at(restart.epoch(), restart.sequence(), ReplyKind.RESTARTED)
                        .setAttempt(restart.attempt())
                        .build();
        return addressed(value);
    }

    private Event<ReplyEvent> delta(Draft.Move.SendDelta delta) {
        return addressed(
                at(delta.epoch(), delta.sequence(), ReplyKind.DELTA).setText(delta.text()).build());
    }

    private Event<ReplyEvent> step(Draft.Move.SendStep move) {
        var step = move.step();
        var call =
                ReplyToolCall.newBuilder()
                        .setId(step.id())
                        .setName(step.name())
                        .setArguments(step.arguments())
                        .setState(step.state().wireName())
                        .build();
        return addressed(
                at(move.epoch(), move.sequence(), ReplyKind.TOOL_CALL).setToolCall(call).build());
    }

    private ReplyEvent.Builder at(long epoch, int sequence, ReplyKind kind) {
        return ReplyEvent.newBuilder()
                .setTurnId(turn.getTurnId())
                .setEpoch(epoch)
                .setSequence(sequence)
                .setKind(kind);
    }

    private Event<ReplyEvent> addressed(ReplyEvent value) {
        var position = new ReplyPosition(value.getEpoch(), value.getSequence());
        return cause.causes(Topics.CHAT_REPLIES, turn.getTurnId(), value, position.id())
                .addressedTo(turn.getReplyPartition());
    }
}
