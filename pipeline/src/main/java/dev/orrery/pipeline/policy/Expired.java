package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.turns.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stops work that nobody waits for any more: an input whose deadline has passed is not begun, and
 * one that overruns it is cancelled. Its turn is given up with {@link
 * FailureCode#DEADLINE_EXCEEDED}.
 */
final class Expired<I extends SpecificRecord> implements StageHandler<I> {

    private static final Logger log = LoggerFactory.getLogger(Expired.class);

    /**
     * A handler that watches the deadline itself ends its turn in better words than we can; this is
     * its head start.
     */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final StageHandler<I> handler;
    private final Handling handling;
    private final LastWord lastWord;
    private final Clock clock;

    Expired(StageHandler<I> handler, Handling handling, LastWord lastWord, Clock clock) {
        this.handler = handler;
        this.handling = handling;
        this.lastWord = lastWord;
        this.clock = clock;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        Instant deadline = cause.context().deadline();
        if (deadline == null) {
            return handler.handle(cause);
        }
        return Flux.defer(() -> handleUntil(deadline, cause))
                .onErrorResume(
                        DeadlinePassed.class, passed -> giveUp(cause).thenMany(Flux.empty()));
    }

    private Flux<Event<?>> handleUntil(Instant deadline, Event<I> cause) {
        var left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            return Flux.error(new DeadlinePassed("before it was begun"));
        }
        var overran = new AtomicBoolean();
        var alarm = Mono.delay(left.plus(GRACE)).doOnNext(rung -> overran.set(true));
        // The alarm must not be an error: that would end the flux and leave the handler running.
        return handler.handle(cause)
                .takeUntilOther(alarm)
                .concatWith(
                        Mono.defer(() ->
                                overran.get()
                                        ? Mono.error(new DeadlinePassed("while in flight"))
                                        : Mono.empty()));
    }

    private Mono<Void> giveUp(Event<I> cause) {
        handling.endsAs(Handling.Outcome.EXPIRED);
        log.atInfo()
                .addKeyValue("stage", handling.stage())
                .addKeyValue("record", handling.place())
                .addKeyValue("correlation", cause.context().correlationId())
                .addKeyValue("deadline", cause.context().deadline())
                .log("Deadline passed");
        return lastWord.giveUp(handling, cause.value(), FailureCode.DEADLINE_EXCEEDED);
    }
}
