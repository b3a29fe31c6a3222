package dev.orrery.ingest.admin.experiments;

import static dev.orrery.pipeline.database.Columns.required;
import static java.util.Objects.requireNonNull;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code chat.experiments} and their arms. */
@Component
final class ExperimentRows {

    private static final String EXPERIMENT =
            """
            select e.experiment_id, b.slug, e.name, e.goal, e.state, e.author, e.created_at, e.started_at, e.stopped_at,
                   (select jsonb_agg(jsonb_build_object(
                             'name', a.name, 'config', r.config_id, 'revision', a.revision_id, 'number', r.number,
                             'weight', a.weight, 'buckets', a.last_bucket - a.first_bucket + 1) order by a.position)
                      from chat.experiment_arms a join chat.config_revisions r on r.revision_id = a.revision_id
                     where a.experiment_id = e.experiment_id) as arms
              from chat.experiments e join chat.bots b on b.bot_id = e.bot_id
            """;

    private final Store store;
    private final JsonMapper json;

    ExperimentRows(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** Also of a bot that was deleted: its numbers stay. */
    Mono<Experiment> find(UUID id) {
        return store.one(
                store.sql(EXPERIMENT + " where e.experiment_id = $1").bind(0, id), this::read);
    }

    /** Newest first. */
    Mono<Page<Experiment>> list(UUID bot, PageRequest asked) {
        var statement =
                store.sql(
                                EXPERIMENT
                                        + """
                                         where e.bot_id = $1 and (e.created_at, e.experiment_id) < ($2, $3)
                                         order by e.created_at desc, e.experiment_id desc limit $4
                                        """)
                        .bind(0, bot)
                        .bind(1, asked.after().time())
                        .bind(2, asked.after().id())
                        .bind(3, asked.limitAndOne());
        return store.all(statement, this::read)
                .collectList()
                .map(rows -> Page.of(rows, asked, each -> Cursor.at(each.createdOn(), each.id())));
    }

    /** The bot of this name; whoever would start or stop something of it waits. */
    Mono<UUID> lockBot(String slug) {
        return bot(slug, " for no key update");
    }

    Mono<UUID> bot(String slug) {
        return bot(slug, "");
    }

    private Mono<UUID> bot(String slug, String lock) {
        var statement =
                store.sql(
                                "select bot_id from chat.bots where slug = $1 and deleted_at is null"
                                        + lock)
                        .bind(0, slug);
        return store.one(statement, row -> required(row, "bot_id", UUID.class));
    }

    /** Whether the bot has a configuration that answers when the experiment has ended. */
    Mono<Boolean> isConfigured(UUID bot) {
        var statement =
                store.sql(
                                """
                                select exists (select from chat.llm_configs where bot_id = $1 and is_active) as configured
                                """)
                        .bind(0, bot);
        return store.one(statement, row -> required(row, "configured", Boolean.class));
    }

    /** 1, or 0 when the bot has one of this name. */
    Mono<Long> insert(UUID id, UUID bot, Plan plan, String author) {
        var statement =
                store.sql(
                                """
                                insert into chat.experiments (experiment_id, bot_id, name, goal, author)
                                values ($1, $2, $3, $4, $5) on conflict (bot_id, name) do nothing
                                """)
                        .bind(0, id)
                        .bind(1, bot)
                        .bind(2, plan.name())
                        .bind(3, plan.goal().wireName())
                        .bind(4, author);
        return store.change(statement);
    }

    /** The revision that an arm means; empty when the bot has none such. */
    Mono<UUID> revisionOf(UUID bot, Plan.WantedArm arm) {
        var named = arm.revision();
        var statement =
                store.sql(
                                """
                                select r.revision_id
                                  from chat.config_revisions r join chat.llm_configs c on c.config_id = r.config_id
                                 where c.bot_id = $1 and %s = $2
                                 order by r.number desc limit 1
                                """
                                        .formatted(named == null ? "r.config_id" : "r.revision_id"))
                        .bind(0, bot)
                        .bind(1, named == null ? requireNonNull(arm.config()) : named);
        return store.one(statement, row -> required(row, "revision_id", UUID.class));
    }

    Mono<Long> insertArm(
            UUID experiment, int position, Plan.WantedArm arm, UUID revision, Plan.Share share) {
        var statement =
                store.sql(
                                """
                                insert into chat.experiment_arms
                                  (experiment_id, position, name, revision_id, weight, first_bucket, last_bucket)
                                values ($1, $2, $3, $4, $5, $6, $7)
                                """)
                        .bind(0, experiment)
                        .bind(1, position)
                        .bind(2, arm.name())
                        .bind(3, revision)
                        .bind(4, arm.weight())
                        .bind(5, share.first())
                        .bind(6, share.last());
        return store.change(statement);
    }

    /** 1, or 0 when it is no draft. A second running one of the bot violates a unique index. */
    Mono<Long> start(UUID id) {
        return store.change(
                store.sql(
                                """
                                update chat.experiments set state = 'running', started_at = now()
                                 where experiment_id = $1 and state = 'draft'
                                """)
                        .bind(0, id));
    }

    /** 1, or 0 when it is not running. */
    Mono<Long> stop(UUID id) {
        return store.change(
                store.sql(
                                """
                                update chat.experiments set state = 'stopped', stopped_at = now()
                                 where experiment_id = $1 and state = 'running'
                                """)
                        .bind(0, id));
    }

    private Experiment read(Readable row) {
        var id = required(row, "experiment_id", UUID.class);
        return new Experiment(
                id,
                required(row, "slug", String.class),
                required(row, "name", String.class),
                Goal.of(required(row, "goal", String.class)),
                required(row, "state", String.class),
                json.readTree(required(row, "arms", String.class))
                        .valueStream()
                        .map(ExperimentRows::arm)
                        .toList(),
                required(row, "author", String.class),
                required(row, "created_at", Instant.class),
                row.get("started_at", Instant.class),
                row.get("stopped_at", Instant.class),
                Experiment.links(id));
    }

    private static Experiment.Arm arm(JsonNode arm) {
        return new Experiment.Arm(
                arm.path("name").asString(),
                UUID.fromString(arm.path("config").asString()),
                UUID.fromString(arm.path("revision").asString()),
                arm.path("number").asInt(),
                arm.path("weight").asInt(),
                arm.path("buckets").asInt() / (double) Plan.BUCKETS);
    }
}
