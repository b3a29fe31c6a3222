package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.Reasons;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.stage.StageHandler;
import dev.orrery.turns.FailureCode;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deals with what will never pass, a {@link StageFailure.Permanent} or a failure that nobody
 * foresaw: (1) the turn is ended and its user told, (2) the record is buried. In this order,
 * because a user waits and an operator does not; a crash between the two brings the record again,
 * the turn keeps its end, and the record is buried then. Where (1) can never succeed, (2) is done
 * all the same: one record does not stop its partition.
 */
final class DeadLettered<I extends SpecificRecord> implements StageHandler<I> {

    private static final Logger log = LoggerFactory.getLogger(DeadLettered.class);

    private final StageHandler<I> handler;
    private final Handling handling;
    private final LastWord lastWord;

    DeadLettered(StageHandler<I> handler, Handling handling, LastWord lastWord) {
        this.handler = handler;
        this.handling = handling;
        this.lastWord = lastWord;
    }

    @Override
    public Flux<Event<?>> handle(Event<I> cause) {
        return handler.handle(cause)
                .onErrorResume(failure -> deadLetter(cause, failure).thenMany(Flux.empty()));
    }

    private Mono<Void> deadLetter(Event<I> cause, Throwable failure) {
        handling.endsAs(Handling.Outcome.DEAD_LETTERED);
        var code =
                failure instanceof StageFailure.Permanent permanent
                        ? permanent.code()
                        : FailureCode.INTERNAL;
        if (!(failure instanceof StageFailure.Permanent)) {
            unforeseen("Unforeseen failure", failure);
        }
        return lastWord.giveUp(handling, cause.value(), code)
                .onErrorResume(lasting -> {
                    unforeseen("The turn could not be given up", lasting);
                    return Mono.empty();
                })
                .then(Mono.defer(() -> lastWord.bury(handling, code.code(), Reasons.of(failure))));
    }

    /** The failure's own words may quote what a user said; whoever may read that asks for DEBUG. */
    private void unforeseen(String what, Throwable failure) {
        log.atError()
                .addKeyValue("stage", handling.stage())
                .addKeyValue("record", handling.place())
                .addKeyValue("reason", Reasons.of(failure))
                .addKeyValue("trace", Reasons.trace(failure))
                .log(what);
        log.debug("{}: record={}", what, handling.place(), failure);
    }
}
