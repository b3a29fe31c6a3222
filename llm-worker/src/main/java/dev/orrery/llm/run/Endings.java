package dev.orrery.llm.run;

import dev.orrery.pipeline.backoff.Backoff;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.FinishVerdict;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.Turns;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Stores how a run ended. Thread safety: may be called on any thread; never blocks. */
public final class Endings {

    private static final Logger log = LoggerFactory.getLogger(Endings.class);

    /**
     * An answer that is paid for is worth asking for longer than its turn may take; the sweeper
     * settles who was first.
     */
    private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(30);

    private final Turns turns;
    private final Clock clock;
    private final MeterRegistry meters;
    private final ArmMeters arms;

    /**
     * @param meters gets the counter {@code orrery.llm.runs.ended} by verdict: stored, already
     *     ended, superseded; and what {@link ArmMeters} measures of the turns that are ended here
     */
    public Endings(Turns turns, Clock clock, MeterRegistry meters) {
        this.turns = turns;
        this.clock = clock;
        this.meters = meters;
        this.arms = new ArmMeters(meters);
    }

    /**
     * Asks the row to end, again and again while PostgreSQL is away. Gives the row as it has ended,
     * by this run or somebody else; empty when another run holds the turn.
     *
     * @param deadline of the turn
     */
    Mono<TurnRow> store(UUID turn, Finish finish, Instant deadline) {
        var until = deadline.plus(BEYOND_DEADLINE);
        return Mono.defer(() -> turns.finish(turn, finish))
                .retryWhen(
                        Backoff.DEFAULT.forever(
                                failure -> mayPass(failure, until),
                                (failure, wait) -> tryAgain(turn, failure, wait)))
                .flatMap(verdict -> row(turn, verdict));
    }

    private boolean mayPass(Throwable failure, Instant until) {
        return failure instanceof StageFailure.Transient && clock.instant().isBefore(until);
    }

    private static void tryAgain(UUID turn, Throwable failure, Duration wait) {
        log.atWarn()
                .addKeyValue("turn", turn)
                .addKeyValue("waitMillis", wait.toMillis())
                .addKeyValue("reason", failure.toString())
                .log("The end of a run is stored again");
    }

    private Mono<TurnRow> row(UUID turn, FinishVerdict verdict) {
        return switch (verdict) {
            case FinishVerdict.Ended ended -> {
                count(ended.byThisCall() ? "stored" : "already_ended");
                if (ended.byThisCall()) {
                    arms.ended(ended.row());
                }
                yield Mono.just(ended.row());
            }
            case FinishVerdict.Superseded ignored -> {
                count("superseded");
                log.atWarn().addKeyValue("turn", turn).log("Another run holds the turn by now");
                yield Mono.empty();
            }
            case FinishVerdict.Unknown ignored ->
                    Mono.error(
                            new StageFailure.Permanent(
                                    FailureCode.INTERNAL,
                                    "turn: " + turn + " is gone (expected: a row)",
                                    null));
        };
    }

    private void count(String verdict) {
        meters.counter("orrery.llm.runs.ended", "verdict", verdict).increment();
    }
}
