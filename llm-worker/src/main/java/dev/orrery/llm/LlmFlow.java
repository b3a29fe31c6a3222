package dev.orrery.llm;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.run.Detached;
import dev.orrery.llm.run.Run;
import dev.orrery.llm.run.RunIds;
import dev.orrery.llm.run.Runs;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.Progress;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.Turns;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyStage;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The llm worker on one screen: a prompt becomes an answer that is streamed, stored and told. The
 * turn's row decides who may ask a model, so however often and wherever a prompt is delivered, one
 * answer is stored, and a stored answer is never bought again.
 *
 * <p>An input is done when its turn has ended and that end stands in the topics, whoever ended it.
 * The answer itself does not hang on the input: a rebalance or a stop lets go of the record, and
 * the run goes on under its lease while the record's next owner waits for its end.
 */
final class LlmFlow {

    /** A live run usually ends before its lease does, and a session's next message waits for it. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Turns turns;
    private final RunIds runIds;
    private final Runs runs;
    private final Detached detached;
    private final Announcements announcements;
    private final Ticker ticker;

    LlmFlow(
            Turns turns,
            RunIds runIds,
            Runs runs,
            Detached detached,
            Announcements announcements,
            Ticker ticker) {
        this.turns = turns;
        this.runIds = runIds;
        this.runs = runs;
        this.detached = detached;
        this.announcements = announcements;
        this.ticker = ticker;
    }

    Flux<Event<?>> handle(Event<PromptRendered> prompt) {
        var turn = prompt.value().getTurn();
        return Flux.concat(
                Mono.just(Progress.reached(ReplyStage.LLM, turn, prompt)),
                Mono.defer(() -> ended(UUID.fromString(turn.getTurnId()), prompt))
                        .repeatWhenEmpty(again -> again)
                        .then(Mono.empty()));
    }

    /** Empty when the turn has not ended yet: then the row is asked again. */
    private Mono<TurnRow> ended(UUID turn, Event<PromptRendered> prompt) {
        var run = runIds.next();
        return turns.begin(turn, run)
                .flatMap(grant ->
                        switch (grant) {
                            case RunGrant.Yours yours -> answered(run, yours, prompt);
                            case RunGrant.Leased leased -> outwaited(leased);
                            case RunGrant.Finished finished -> told(finished.row());
                            case RunGrant.Unknown ignored -> Mono.error(unknown(turn));
                        });
    }

    private Mono<TurnRow> answered(UUID run, RunGrant.Yours grant, Event<PromptRendered> prompt) {
        return detached.run(
                Mono.using(() -> runs.open(run, grant, prompt), this::answered, Run::close));
    }

    /**
     * 1 stream, 2 store, 3 tell. A crash before 2 makes the next run ask again, in higher epochs;
     * one between 2 and 3 makes whoever comes next tell what is stored. Empty when the run was
     * stopped, or another one holds the turn by now.
     */
    private Mono<TurnRow> answered(Run run) {
        return run.streamed()
                .flatMap(run::stored)
                .flatMap(row -> run.delivered().then(Mono.defer(() -> told(row))));
    }

    private Mono<TurnRow> told(TurnRow ended) {
        return announcements.announce(ended).thenReturn(ended);
    }

    private Mono<TurnRow> outwaited(RunGrant.Leased leased) {
        boolean isLong = leased.remaining().compareTo(LONGEST_PAUSE) > 0;
        return ticker.pause(isLong ? LONGEST_PAUSE : leased.remaining()).then(Mono.empty());
    }

    private static StageFailure.Permanent unknown(UUID turn) {
        return new StageFailure.Permanent(
                FailureCode.INTERNAL, "turn: " + turn + " is not there (expected: a row)", null);
    }
}
