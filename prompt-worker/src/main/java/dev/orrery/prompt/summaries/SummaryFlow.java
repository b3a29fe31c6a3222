package dev.orrery.prompt.summaries;

import dev.orrery.events.ChatOutcome;
import dev.orrery.events.OutcomeState;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.gateway.GatewayFailure;
import dev.orrery.prompt.revisions.MalformedRevision;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Revisions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Summaries on one screen: when a turn is completed, and enough turns of its session have left the
 * history, they are summed up together with what was noted before. It stands beside the turns and
 * in nobody's way: what a model fails to write is missing until the next turn is completed.
 *
 * <p>An outcome that comes again finds its summary stored, or asks for the same one under the same
 * id, which the gateway answers without asking a model twice.
 */
final class SummaryFlow {

    private static final Logger log = LoggerFactory.getLogger(SummaryFlow.class);

    private record Wanted(Ended ended, Revision revision) {}

    private record Asked(Backlog backlog, Written written) {}

    private final Revisions revisions;
    private final SummaryRows rows;
    private final Models models;
    private final Duration latest;
    private final Clock clock;
    private final MeterRegistry meters;

    /**
     * @param latest age from which an outcome is passed over: its session is summed up when it goes
     *     on
     */
    SummaryFlow(
            Revisions revisions,
            SummaryRows rows,
            Models models,
            Duration latest,
            Clock clock,
            MeterRegistry meters) {
        this.revisions = revisions;
        this.rows = rows;
        this.models = models;
        this.latest = latest;
        this.clock = clock;
        this.meters = meters;
    }

    Flux<Event<?>> handle(Event<ChatOutcome> cause) {
        return Mono.just(cause.value())
                .filter(this::isOfNow)
                .map(SummaryFlow::ended)
                .flatMap(this::wanted)
                .flatMap(this::due)
                .flatMap(this::store)
                .thenMany(Flux.empty());
    }

    private boolean isOfNow(ChatOutcome outcome) {
        return outcome.getState() == OutcomeState.COMPLETED
                && outcome.getTurn().getReplayId() == null
                && outcome.getFinishedAt().plus(latest).isAfter(clock.instant());
    }

    private static Ended ended(ChatOutcome outcome) {
        var turn = outcome.getTurn();
        return new Ended(
                UUID.fromString(turn.getSessionId()),
                turn.getSequence(),
                turn.getUserId(),
                UUID.fromString(turn.getRevisionId()));
    }

    /** A revision that cannot be used has ended its turns by itself; there is nothing to add. */
    private Mono<Wanted> wanted(Ended ended) {
        return revisions
                .of(ended.revision())
                .onErrorResume(MalformedRevision.class, malformed -> Mono.empty())
                .filter(revision -> revision.wantsSummaries() && mayBeDue(ended, revision))
                .map(revision -> new Wanted(ended, revision));
    }

    private static boolean mayBeDue(Ended ended, Revision revision) {
        return ended.sequence() >= revision.options().summary().everyTurns();
    }

    private Mono<Asked> due(Wanted wanted) {
        return rows.due(wanted.ended(), Reach.of(wanted.revision()))
                .flatMap(backlog -> asked(wanted, backlog));
    }

    private Mono<Asked> asked(Wanted wanted, Backlog backlog) {
        var revision = wanted.revision();
        var instruction = Instruction.of(backlog, revision.options().summary().maxTokens());
        return models.generate(instruction.request(revision, wanted.ended().user()))
                .map(generated -> new Asked(backlog, Written.of(generated, instruction.hash())))
                .filter(asked -> !asked.written().text().isEmpty())
                .switchIfEmpty(Mono.fromRunnable(() -> failed(backlog, "an answer without a text")))
                .onErrorResume(GatewayFailure.class, failure -> skipped(backlog, failure));
    }

    private Mono<Asked> skipped(Backlog backlog, GatewayFailure failure) {
        failed(backlog, String.valueOf(failure.getMessage()));
        return Mono.empty();
    }

    private void failed(Backlog backlog, String why) {
        count("failed");
        log.atWarn()
                .addKeyValue("session", backlog.session())
                .addKeyValue("through", backlog.through())
                .addKeyValue("reason", why)
                .log("Summary not written, tried again with the next turn");
    }

    private Mono<Boolean> store(Asked asked) {
        return rows.add(asked.backlog(), asked.written())
                .doOnNext(added -> count(added ? "stored" : "known"));
    }

    private void count(String outcome) {
        meters.counter("orrery.summaries", "outcome", outcome).increment();
    }
}
