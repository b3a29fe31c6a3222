package dev.orrery.pipeline.policy;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.consume.DeadLetter;
import dev.orrery.pipeline.consume.DeadLetters;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.event.Turned;
import dev.orrery.pipeline.health.StageMeters;
import dev.orrery.pipeline.publish.PublishFailed;
import dev.orrery.pipeline.stage.Handling;
import dev.orrery.pipeline.stage.Reasons;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The two ways in which an input ends without having been handled: its turn is given up, its record
 * is buried. Neither is dropped when PostgreSQL or Kafka is away: both are tried again until they
 * succeed. The lane waits meanwhile, and if that lasts, the age of the record makes the stage
 * unhealthy. Giving up that fails for another reason would fail for ever and is not repeated; a
 * burial always is, it is all that is left.
 */
final class LastWord {

    private static final Logger log = LoggerFactory.getLogger(LastWord.class);

    private final GiveUp giveUp;
    private final DeadLetters deadLetters;
    private final MeterRegistry meters;

    LastWord(GiveUp giveUp, DeadLetters deadLetters, MeterRegistry meters) {
        this.giveUp = giveUp;
        this.deadLetters = deadLetters;
        this.meters = meters;
    }

    /**
     * Ends the turn of this value; an event that belongs to no turn has nobody to tell. Fails when
     * that can never succeed.
     */
    Mono<Void> giveUp(Handling handling, SpecificRecord value, FailureCode code) {
        return Turned.turnOf(value)
                .map(turn ->
                        Mono.defer(() -> giveUp.giveUp(turn, code))
                                .retryWhen(again(LastWord::passes, handling, "giving up")))
                .orElseGet(Mono::empty);
    }

    /** Puts the record into the dead letters of its group. */
    Mono<Void> bury(Handling handling, String code, String reason) {
        var letter =
                new DeadLetter(
                        handling.original(),
                        handling.group(),
                        code,
                        reason,
                        Math.max(1, handling.attempts()));
        return Mono.defer(() -> deadLetters.bury(letter))
                .retryWhen(again(failure -> true, handling, "burying"))
                .doOnSuccess(nothing -> buried(handling, letter));
    }

    private void buried(Handling handling, DeadLetter letter) {
        meters.counter(
                        StageMeters.DEAD_LETTERED.meterName(),
                        "stage",
                        handling.stage(),
                        "code",
                        letter.code())
                .increment();
        log.atWarn()
                .addKeyValue("stage", handling.stage())
                .addKeyValue("record", handling.place())
                .addKeyValue("code", letter.code())
                .addKeyValue("reason", letter.reason())
                .addKeyValue("attempts", letter.attempts())
                .log("Dead-lettered");
    }

    private static boolean passes(Throwable failure) {
        return PublishFailed.passes(failure)
                || DatabaseFailures.classified(failure) instanceof StageFailure.Transient;
    }

    private static Retry again(Predicate<Throwable> passing, Handling handling, String what) {
        return Backoff.DEFAULT.forever(
                passing,
                (failure, wait) ->
                        log.atWarn()
                                .addKeyValue("stage", handling.stage())
                                .addKeyValue("record", handling.place())
                                .addKeyValue("step", what)
                                .addKeyValue("waitMillis", wait.toMillis())
                                .addKeyValue("reason", Reasons.of(failure))
                                .log("The end of an input is tried again"));
    }
}
