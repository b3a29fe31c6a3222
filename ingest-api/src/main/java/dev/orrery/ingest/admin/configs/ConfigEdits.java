package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.admin.bots.Slug;
import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.admin.providers.ProviderRegistry;
import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes configurations and adds revisions to them. Nothing that is in force changes by it: only
 * {@link Activation} does that.
 */
@Component
final class ConfigEdits {

    private static final String DEFAULT_NAME = "default";

    private final Store store;
    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final ProviderRegistry registry;
    private final Changes changes;
    private final TimeOrderedIds ids;
    private final SoundPrompts prompts;

    ConfigEdits(
            Store store,
            ConfigRows configs,
            RevisionRows revisions,
            ProviderRegistry registry,
            Changes changes,
            TimeOrderedIds ids,
            SoundPrompts prompts) {
        this.store = store;
        this.configs = configs;
        this.revisions = revisions;
        this.registry = registry;
        this.changes = changes;
        this.ids = ids;
        this.prompts = prompts;
    }

    /** A revision, and what its author should know of it. */
    record Saved(Revision revision, boolean isNew, List<Finding> findings) {}

    private record Stored(Revision revision, ConfiguredBot bot, boolean isNew) {}

    /** A configuration with its first revision. */
    Mono<Saved> create(String actor, String slug, Fields document) {
        return registry.enabled()
                .flatMap(providers -> {
                    var fields = RevisionFields.of(document, providers);
                    var name = document.optionalText("name", 100);
                    return store.together(
                            configs.lockBot(slug)
                                    .flatMap(bot -> insert(actor, bot, name, fields))
                                    .flatMap(this::linted));
                })
                .switchIfEmpty(Mono.error(Slug::unknown))
                .onErrorMap(DataIntegrityViolationException.class, ConfigEdits::notToBeHad);
    }

    /** Before anything is for good: who cannot be told what is wrong has saved nothing. */
    private Mono<Saved> linted(Stored stored) {
        var revision = stored.revision();
        return prompts.findings(revision, stored.bot())
                .map(findings -> new Saved(revision, stored.isNew(), findings));
    }

    private Mono<Stored> insert(
            String actor, ConfiguredBot bot, @Nullable String name, RevisionFields fields) {
        var config = ids.next();
        var revision = ids.next();
        return revisions
                .insert(revision, config, 1, actor, fields)
                .then(
                        configs.insert(
                                config, bot.id(), name == null ? DEFAULT_NAME : name, revision))
                .then(revisions.find(config, revision))
                .flatMap(first ->
                        changes.note(
                                        actor,
                                        "create_config",
                                        "bot/" + bot.slug(),
                                        null,
                                        first.named())
                                .thenReturn(new Stored(first, bot, true)));
    }

    /**
     * The next revision of a configuration: the newest one, with what the document says in place of
     * what that one said. When both say the same there is no next one.
     */
    Mono<Saved> revise(String actor, UUID config, Fields document) {
        return registry.enabled()
                .flatMap(providers ->
                        store.together(
                                configs.lockBotOf(config)
                                        .flatMap(bot ->
                                                next(actor, bot, config, document, providers))
                                        .flatMap(this::linted)))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .onErrorMap(DataIntegrityViolationException.class, ConfigEdits::notToBeHad);
    }

    private Mono<Stored> next(
            String actor, ConfiguredBot bot, UUID config, Fields document, Providers providers) {
        return revisions
                .latest(config)
                .flatMap(newest ->
                        add(actor, bot, newest, newest.fields().changedBy(document, providers)));
    }

    private Mono<Stored> add(
            String actor, ConfiguredBot bot, Revision newest, RevisionFields fields) {
        var config = newest.configId();
        var id = ids.next();
        return revisions
                .insert(id, config, newest.number() + 1, actor, fields)
                .flatMap(added ->
                        added == 0
                                ? Mono.just(new Stored(newest, bot, false))
                                : revisions
                                        .find(config, id)
                                        .flatMap(next ->
                                                changes.note(
                                                                actor,
                                                                "add_revision",
                                                                "llm-config/" + config,
                                                                newest.named(),
                                                                next.named())
                                                        .thenReturn(new Stored(next, bot, true))));
    }

    /** What was taken over from an earlier revision, or was disabled a moment ago. */
    private static Problem notToBeHad(Throwable refused) {
        return new Problem(
                ProblemCode.INVALID_REQUEST,
                "provider, metadata.fallbacks or metadata.region_name: not to be had any more"
                        + " (expected: enabled providers, and a region of the provider)");
    }
}
