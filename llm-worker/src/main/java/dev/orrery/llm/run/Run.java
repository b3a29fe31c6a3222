package dev.orrery.llm.run;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.deltas.ReplyWriter;
import dev.orrery.llm.leases.LiveRun;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.safety.SafeChain;
import dev.orrery.llm.tools.DialogueEvent;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.RunGrant;
import dev.orrery.pipeline.turn.TurnRow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One run of a turn: asks the models of its chain, streams what they say, and stores how it ended.
 * Used by one signal at a time, though on changing threads.
 *
 * <p>States: open, until it is {@link #close closed} by whoever opened it; as long as it is open
 * its lease is renewed. A run that has lost its turn says nothing more.
 */
public final class Run {

    /** The terminal reply has the whole text, so it does not wait for ever for a delta. */
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(30);

    private final Runs runs;
    private final UUID id;
    private final RunGrant.Yours grant;
    private final @Nullable TraceParent place;
    private final PromptRendered prompt;
    private final LiveRun live;
    private final SafeChain chain;
    private final ReplyWriter writer;
    private long shownBytes;
    private long keptBytes;

    Run(Runs runs, UUID id, RunGrant.Yours grant, Event<PromptRendered> cause) {
        this.runs = runs;
        this.id = id;
        this.grant = grant;
        this.place = cause.context().trace();
        this.prompt = cause.value();
        this.chain = runs.safety().around(runs.chain(), prompt);
        this.writer = runs.writers().open(cause, prompt.getTurn(), grant.firstEpoch());
        this.live = runs.live().add(grant.row().turnId(), id, Chains.inputTokens(prompt));
    }

    /**
     * Asks the models and streams what they say, and what tools they call, until there is an answer
     * or none to be had; gives the wish to end the turn that way. Empty when the run was stopped
     * meanwhile; its calls are broken off then.
     */
    public Mono<Finish> streamed() {
        return Mono.defer(() -> {
            var request = Chains.of(prompt, place, firstCall(), patience());
            if (grant.takenOver()) {
                writer.beginWithRestart(firstCall());
            }
            return runs.dialogue()
                    .run(chain, request, Chains.tools(prompt))
                    .takeUntilOther(live.stopped())
                    .concatMapIterable(event -> taken(event).stream().toList())
                    .singleOrEmpty();
        });
    }

    /** Calls are numbered like the epochs a run owns, so that they never repeat within a turn. */
    private int firstCall() {
        return Math.toIntExact(grant.firstEpoch());
    }

    private Duration patience() {
        return Duration.between(runs.clock().instant(), prompt.getTurn().getDeadline());
    }

    private Optional<Finish> taken(DialogueEvent event) {
        switch (event) {
            case DialogueEvent.StartedOver restart -> startOver(restart);
            case DialogueEvent.Said said -> show(said.text());
            case DialogueEvent.Stepped stepped -> writer.add(stepped.step());
            case DialogueEvent.NextRound next -> goOn(next);
            case DialogueEvent.Answered answered -> {
                return Optional.of(Results.completed(id, prompt, answered, writer.end(), chain));
            }
            case DialogueEvent.Failed failed -> {
                return Optional.of(Results.failed(id, prompt, failed, writer.abandon(), chain));
            }
        }
        return Optional.empty();
    }

    private void startOver(DialogueEvent.StartedOver restart) {
        shownBytes = keptBytes;
        writer.restart(restart.attempt());
    }

    private void goOn(DialogueEvent.NextRound next) {
        keptBytes = shownBytes;
        writer.keep();
        live.sent(next.inputTokens());
    }

    /** The first text leaves before anything else is done about it. */
    private void show(ChainEvent.Text piece) {
        boolean first = shownBytes == 0;
        writer.add(piece.text());
        shownBytes += piece.bytes();
        live.delivered(TokenEstimate.tokens(shownBytes));
        if (first) {
            runs.renewal().renewNow(live); // from now on a cancelled turn is not free
        }
    }

    /** Stores how the run ended, see {@link Endings#store}. */
    public Mono<TurnRow> stored(Finish finish) {
        return runs.endings().store(grant.row().turnId(), finish, prompt.getTurn().getDeadline());
    }

    /** Completes when everything the run has said is acknowledged, or has been late for long. */
    public Mono<Void> delivered() {
        return writer.acknowledged()
                .timeout(LONGEST_DELIVERY, Mono.empty(), runs.ticker().scheduler());
    }

    /** Renews the lease no longer, and says nothing more. May be called twice. */
    public void close() {
        runs.live().remove(live);
        writer.close();
    }
}
