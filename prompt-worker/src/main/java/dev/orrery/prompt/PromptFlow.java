package dev.orrery.prompt;

import dev.orrery.events.ContextAssembled;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Progress;
import dev.orrery.prompt.bots.Bots;
import dev.orrery.prompt.history.Greetings;
import dev.orrery.prompt.history.History;
import dev.orrery.prompt.memories.Memories;
import dev.orrery.prompt.revisions.MalformedRevision;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Revisions;
import dev.orrery.prompt.summaries.Recalled;
import dev.orrery.prompt.summaries.Summaries;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyStage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The prompt worker on one screen: a context becomes exactly what a model will see. It reads and
 * has no effect, and all it reads is fixed when the turn is accepted (but for a bot's name and the
 * like, memories and summaries that are deleted, memories that are late or no longer among the
 * newest, and the fallback rules), so a redelivery gives the same prompt, byte for byte, under the
 * same event id.
 */
final class PromptFlow {

    private final Revisions revisions;
    private final Bots bots;
    private final Profiles profiles;
    private final History history;
    private final Greetings greetings;
    private final Summaries summaries;
    private final Memories memories;
    private final Rendering rendering;

    PromptFlow(
            Revisions revisions,
            Bots bots,
            Profiles profiles,
            History history,
            Greetings greetings,
            Summaries summaries,
            Memories memories,
            Rendering rendering) {
        this.revisions = revisions;
        this.bots = bots;
        this.profiles = profiles;
        this.history = history;
        this.greetings = greetings;
        this.summaries = summaries;
        this.memories = memories;
        this.rendering = rendering;
    }

    Flux<Event<?>> handle(Event<ContextAssembled> cause) {
        var turn = cause.value().getTurn();
        return Flux.concat(
                Mono.just(Progress.reached(ReplyStage.PROMPT, turn, cause)),
                revision(turn)
                        .flatMap(revision -> rendered(revision, cause.value()))
                        .map(prompt ->
                                cause.causes(Topics.CHAT_PROMPTS, turn.getSessionId(), prompt)));
    }

    private Mono<Revision> revision(TurnRef turn) {
        return revisions
                .of(UUID.fromString(turn.getRevisionId()))
                .onErrorMap(
                        MalformedRevision.class,
                        malformed -> failedForGood("revision: " + malformed.getMessage()))
                .switchIfEmpty(missing("revision", turn.getRevisionId()));
    }

    private Mono<PromptRendered> rendered(Revision revision, ContextAssembled context) {
        return scene(revision, context)
                // Many answers share PostgreSQL's event loop, and a long history is rendered often.
                .publishOn(Schedulers.parallel())
                .map(scene -> rendering.prompt(context.getTurn(), revision, scene));
    }

    private Mono<Scene> scene(Revision revision, ContextAssembled context) {
        var turn = context.getTurn();
        var bot =
                bots.of(UUID.fromString(turn.getBotId()))
                        .switchIfEmpty(missing("bot", turn.getBotId()));
        var profile =
                profiles.of(turn.getUserId(), turn.getProfileVersion())
                        .map(said -> new Profile(said.document()));
        return Mono.zip(bot, profile, before(revision, context), memories(revision, turn))
                .map(read ->
                        new Scene(
                                UUID.fromString(turn.getTurnId()),
                                turn.getAcceptedAt(),
                                read.getT1(),
                                read.getT2(),
                                context.getText(),
                                read.getT3().history(),
                                context.getFacts(),
                                read.getT4(),
                                revision.options().values(),
                                read.getT3().beginning()));
    }

    private Mono<Before> before(Revision revision, ContextAssembled context) {
        return Mono.zip(
                        history(revision, context),
                        greeting(revision, context.getTurn()),
                        recalled(revision, context.getTurn()))
                .map(read -> Before.of(read.getT1(), read.getT2(), read.getT3()));
    }

    /**
     * The first turn of a session has nothing before it, and is not worth a question to the
     * database.
     */
    private Mono<List<Exchange>> history(Revision revision, ContextAssembled context) {
        var turn = context.getTurn();
        var window = revision.window(context.getText(), context.getFacts());
        return turn.getSequence() <= 1 || window.isClosed()
                ? Mono.just(List.of())
                : history.before(UUID.fromString(turn.getSessionId()), turn.getSequence(), window);
    }

    /** Only where the history may reach back to it. */
    private Mono<String> greeting(Revision revision, TurnRef turn) {
        return turn.getSequence() <= revision.historyTurns() + 1
                ? greetings.of(UUID.fromString(turn.getSessionId()))
                : Mono.just("");
    }

    /** There is none before so many turns were completed, nor for those who do not want any. */
    private Mono<Optional<Recalled>> recalled(Revision revision, TurnRef turn) {
        boolean mayBeThere =
                revision.wantsSummaries()
                        && turn.getSequence() > revision.options().summary().everyTurns();
        return mayBeThere
                ? summaries
                        .before(
                                UUID.fromString(turn.getSessionId()),
                                turn.getSequence(),
                                turn.getAcceptedAt())
                        .singleOptional()
                : Mono.just(Optional.empty());
    }

    /** Nor is what the prompt would not show. */
    private Mono<List<String>> memories(Revision revision, TurnRef turn) {
        return revision.prompt().wantsMemories()
                ? memories.of(turn.getUserId(), turn.getAcceptedAt())
                : Mono.just(List.of());
    }

    private static <T> Mono<T> missing(String what, String id) {
        return Mono.error(() ->
                failedForGood(
                        what + ": " + id + " is not there (expected: a stored " + what + ")"));
    }

    private static StageFailure.Permanent failedForGood(String message) {
        return new StageFailure.Permanent(FailureCode.INTERNAL, message, null);
    }
}
