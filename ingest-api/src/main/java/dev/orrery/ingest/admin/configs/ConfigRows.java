package dev.orrery.ingest.admin.configs;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code chat.llm_configs} and their bots, without bots that are deleted. */
@Component
final class ConfigRows {

    private static final String BOT =
            """
            select b.bot_id, b.slug, b.metadata from chat.bots b
             where b.deleted_at is null and
            """;

    private static final String CONFIG =
            """
            select c.config_id, b.slug, c.name, c.is_active, r.number as current_number, c.created_at, c.updated_at,
                   (select max(l.number) from chat.config_revisions l where l.config_id = c.config_id) as latest_number
              from chat.llm_configs c
              join chat.bots b on b.bot_id = c.bot_id
              join chat.config_revisions r on r.revision_id = c.current_revision_id
             where b.deleted_at is null and
            """;

    private static final String BOT_OF_CONFIG =
            " b.bot_id = (select c.bot_id from chat.llm_configs c where c.config_id = $1)";

    private final Store store;
    private final JsonMapper json;

    ConfigRows(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    Mono<ConfiguredBot> bot(String slug) {
        return store.one(store.sql(BOT + " b.slug = $1").bind(0, slug), this::readBot);
    }

    /** Others who would change the bot or its configurations wait for this transaction. */
    Mono<ConfiguredBot> lockBot(String slug) {
        return store.one(
                store.sql(BOT + " b.slug = $1 for no key update").bind(0, slug), this::readBot);
    }

    Mono<ConfiguredBot> botOf(UUID config) {
        return store.one(store.sql(BOT + BOT_OF_CONFIG).bind(0, config), this::readBot);
    }

    /** As {@link #lockBot}. */
    Mono<ConfiguredBot> lockBotOf(UUID config) {
        return store.one(
                store.sql(BOT + BOT_OF_CONFIG + " for no key update").bind(0, config),
                this::readBot);
    }

    Mono<LlmConfig> find(UUID config) {
        return store.one(store.sql(CONFIG + " c.config_id = $1").bind(0, config), ConfigRows::read);
    }

    /**
     * The active one first, then the older one first. What is active may change between two pages;
     * it is the first page that decides which one leads, and the others pass over that one.
     */
    Mono<Page<LlmConfig>> list(String slug, PageRequest asked) {
        var statement =
                store.sql(
                                CONFIG
                                        + """
                                         b.slug = $1
                                           and ($2::uuid is null or c.config_id::text <> $3
                                                and ($2::text = $3 or (c.created_at, c.config_id)
                                                     > (select a.created_at, a.config_id
                                                          from chat.llm_configs a where a.config_id = $2::uuid)))
                                         order by $2::uuid is null and not c.is_active, c.created_at, c.config_id limit $4
                                        """)
                        .bind(0, slug)
                        .bind(1, Parameters.in(R2dbcType.VARCHAR, text(asked.afterId())))
                        .bind(2, asked.afterText(0))
                        .bind(3, asked.limitAndOne());
        return store.all(statement, ConfigRows::read)
                .collectList()
                .map(rows -> Page.of(rows, asked, last -> behind(last, leading(rows, asked))));
    }

    private static Cursor behind(LlmConfig last, String leading) {
        return new Cursor(0, last.id(), List.of(leading));
    }

    /** Id of the one that leads the list; the first one when none was active. */
    private static String leading(List<LlmConfig> rows, PageRequest asked) {
        return asked.isFirst() ? rows.getFirst().id().toString() : asked.afterText(0);
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** A configuration that is not active, with its first revision. */
    Mono<Long> insert(UUID config, UUID bot, String name, UUID revision) {
        var statement =
                store.sql(
                                """
                                insert into chat.llm_configs (config_id, bot_id, name, current_revision_id)
                                values ($1, $2, $3, $4)
                                """)
                        .bind(0, config)
                        .bind(1, bot)
                        .bind(2, name)
                        .bind(3, revision);
        return store.change(statement);
    }

    /** {@code activated}, {@code already} or {@code unknown}; noted in the book of changes. */
    Mono<String> activate(UUID config, UUID revision, String actor) {
        var statement =
                store.sql("select chat.activate_revision($1, $2, $3) as verdict")
                        .bind(0, config)
                        .bind(1, revision)
                        .bind(2, actor);
        return store.one(statement, row -> required(row, "verdict", String.class));
    }

    /**
     * Name of the experiment whose arms answer in place of what is active; empty when none runs.
     */
    Mono<String> runningExperiment(UUID bot) {
        var statement =
                store.sql(
                                "select name from chat.experiments where bot_id = $1 and state = 'running'")
                        .bind(0, bot);
        return store.one(statement, row -> required(row, "name", String.class));
    }

    private ConfiguredBot readBot(Readable row) {
        return new ConfiguredBot(
                required(row, "bot_id", UUID.class),
                required(row, "slug", String.class),
                json.readTree(required(row, "metadata", String.class)));
    }

    private static LlmConfig read(Readable row) {
        var id = required(row, "config_id", UUID.class);
        return new LlmConfig(
                id,
                required(row, "slug", String.class),
                required(row, "name", String.class),
                required(row, "is_active", Boolean.class),
                required(row, "current_number", Integer.class),
                required(row, "latest_number", Integer.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                LlmConfig.links(id));
    }
}
