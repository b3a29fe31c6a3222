package dev.orrery.ingest.admin.experiments;

import dev.orrery.ingest.admin.bots.Slug;
import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.admin.configs.SoundPrompts;
import dev.orrery.ingest.admin.configs.SoundRevision;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes, starts and stops experiments. A started one counts for the bot's next message; a turn that
 * was accepted keeps what it was stamped with.
 */
@Component
final class Experiments {

    private final Store store;
    private final ExperimentRows rows;
    private final SoundPrompts prompts;
    private final Changes changes;
    private final TimeOrderedIds ids;

    Experiments(
            Store store,
            ExperimentRows rows,
            SoundPrompts prompts,
            Changes changes,
            TimeOrderedIds ids) {
        this.store = store;
        this.rows = rows;
        this.prompts = prompts;
        this.changes = changes;
        this.ids = ids;
    }

    /** A draft. An arm that names a configuration means its newest revision, and keeps to that. */
    Mono<Experiment> create(String actor, String slug, Plan plan) {
        var id = ids.next();
        var shares = plan.shares();
        return store.together(
                rows.lockBot(slug)
                        .switchIfEmpty(Mono.error(Slug::unknown))
                        .flatMap(bot ->
                                rows.insert(id, bot, plan, actor)
                                        .flatMap(inserted ->
                                                inserted == 0
                                                        ? Mono.error(() -> taken(plan.name()))
                                                        : addArms(id, bot, plan, shares)))
                        .then(rows.find(id))
                        .flatMap(made ->
                                changes.note(actor, "create_experiment", made.subject(), null, made)
                                        .thenReturn(made)));
    }

    private Mono<Void> addArms(UUID experiment, UUID bot, Plan plan, List<Plan.Share> shares) {
        return Flux.range(0, plan.arms().size())
                .concatMap(i -> {
                    var arm = plan.arms().get(i);
                    return rows.revisionOf(bot, arm)
                            .switchIfEmpty(Mono.error(() -> strange(arm)))
                            .flatMap(revision ->
                                    rows.insertArm(
                                            experiment, i + 1, arm, revision, shares.get(i)));
                })
                .then();
    }

    /** Starting again what runs changes nothing. */
    Mono<Experiment> start(String actor, UUID id) {
        return find(id).flatMap(was ->
                        was.isRunning()
                                ? Mono.just(was)
                                : Flux.fromIterable(was.arms())
                                        .concatMap(arm -> prompts.sound(arm.revisionId()))
                                        .collectList()
                                        .flatMap(arms -> started(actor, was, arms)))
                .onErrorMap(DuplicateKeyException.class, Experiments::another);
    }

    private Mono<Experiment> started(String actor, Experiment was, List<SoundRevision> arms) {
        return store.together(
                rows.lockBot(was.bot())
                        .switchIfEmpty(Mono.error(Slug::unknown))
                        .flatMap(bot -> areStillSound(arms).thenReturn(bot))
                        .flatMap(rows::isConfigured)
                        .flatMap(configured ->
                                configured ? rows.start(was.id()) : Mono.error(unconfigured()))
                        .flatMap(started -> moved(actor, "start_experiment", was, started)));
    }

    private Mono<Void> areStillSound(List<SoundRevision> arms) {
        return Flux.fromIterable(arms).concatMap(prompts::still).then();
    }

    /** From the next message on everybody is answered by the active configuration again. */
    Mono<Experiment> stop(String actor, UUID id) {
        return find(id).flatMap(was ->
                was.isRunning() || was.isDraft()
                        ? store.together(
                                rows.stop(id)
                                        .flatMap(stopped ->
                                                moved(actor, "stop_experiment", was, stopped)))
                        : Mono.just(was));
    }

    Mono<Experiment> find(UUID id) {
        return rows.find(id).switchIfEmpty(Mono.error(Problem::notFound));
    }

    private Mono<Experiment> moved(String actor, String action, Experiment was, long changed) {
        return rows.find(was.id())
                .flatMap(is ->
                        changed == 0
                                ? Mono.error(() -> unmoved(is))
                                : changes.note(
                                                actor,
                                                action,
                                                is.subject(),
                                                new State(was.state()),
                                                new State(is.state()))
                                        .thenReturn(is));
    }

    /** What of an experiment changes. */
    private record State(String state) {}

    private static Problem taken(String name) {
        return new Problem(
                ProblemCode.CONFLICT,
                "name: the bot has an experiment " + name + " (expected: another name)");
    }

    private static Problem strange(Plan.WantedArm arm) {
        return arm.place()
                .invalid(
                        arm.revision() == null ? "config" : "revision",
                        "not of this bot (expected: one of its configurations or revisions)");
    }

    private static Problem unmoved(Experiment is) {
        return new Problem(
                ProblemCode.CONFLICT,
                "the experiment is "
                        + is.state()
                        + " (expected: draft, then running, then stopped)");
    }

    private static Problem another(Throwable running) {
        return new Problem(
                ProblemCode.CONFLICT,
                "another experiment of the bot is running (expected: one at a time)");
    }

    private static Problem unconfigured() {
        return new Problem(
                ProblemCode.BOT_NOT_CONFIGURED,
                "the bot has no active configuration (expected: one, for when this has ended)");
    }
}
