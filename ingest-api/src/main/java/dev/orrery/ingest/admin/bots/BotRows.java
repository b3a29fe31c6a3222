package dev.orrery.ingest.admin.bots;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code chat.bots}, without those that are deleted. */
@Component
final class BotRows {

    private static final String COLUMNS =
            """
            select bot_id, slug, name, description, avatar, status, bot_type, rank, metadata, price, price_version,
                   owner, launched_at, created_at, updated_at
              from chat.bots
             where deleted_at is null
            """;

    private final Store store;
    private final JsonMapper json;

    BotRows(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    Mono<Bot> find(String slug) {
        return store.one(store.sql(COLUMNS + " and slug = $1").bind(0, slug), this::read);
    }

    /** As {@link #find}; others who would change it wait for this transaction. */
    Mono<Bot> lock(String slug) {
        return store.one(
                store.sql(COLUMNS + " and slug = $1 for no key update").bind(0, slug), this::read);
    }

    /**
     * By rank, then the older one first. A page begins behind the rank that its cursor's bot had
     * then; only a bot that is given another rank meanwhile may come twice or not at all.
     */
    Mono<Page<Bot>> list(PageRequest asked) {
        var statement =
                store.sql(
                                COLUMNS
                                        + """
                                           and ($1::uuid is null or (rank, created_at, bot_id)
                                                > ($2, (select created_at from chat.bots where bot_id = $1::uuid), $1::uuid))
                                         order by rank, created_at, bot_id limit $3
                                        """)
                        .bind(0, Parameters.in(R2dbcType.VARCHAR, text(asked.afterId())))
                        .bind(1, (int) Math.clamp(asked.after().number(), 0, Integer.MAX_VALUE))
                        .bind(2, asked.limitAndOne());
        return store.all(statement, this::read)
                .collectList()
                .map(rows -> Page.of(rows, asked, bot -> new Cursor(bot.rank(), bot.id())));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** The name itself, or the first number behind it that is free; deleted bots keep theirs. */
    Mono<String> firstFree(String slug) {
        var statement =
                store.sql(
                                """
                                with taken as (
                                  select case slug when $1 then 1
                                              else substring(slug from length($1) + 2)::int end as n
                                    from chat.bots
                                   where slug = $1
                                      or slug like $1 || '-%'
                                         and substring(slug from length($1) + 2) ~ '^([2-9]|[1-9][0-9]{1,8})$'),
                                free as (
                                  select min(c.n) as n from (select 1 as n union all select n + 1 from taken) as c
                                   where c.n not in (select n from taken))
                                select $1 || case n when 1 then '' else '-' || n end as slug from free
                                """)
                        .bind(0, slug);
        return store.one(statement, row -> required(row, "slug", String.class));
    }

    /** 1, or 0 when the slug is taken. */
    Mono<Long> insert(UUID id, String slug, String owner, BotFields fields) {
        var statement =
                store.sql(
                        """
                        insert into chat.bots (bot_id, name, description, avatar, status, bot_type, rank, metadata,
                                               price, launched_at, slug, owner)
                        values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb,
                                case when $5 = 'live' then now() end, $10, $11)
                        on conflict (slug) do nothing
                        """);
        return store.change(bound(statement, id, fields).bind(9, slug).bind(10, owner));
    }

    /** The first time it is live it is launched; another price is a new version. */
    Mono<Long> update(UUID id, BotFields fields) {
        var statement =
                store.sql(
                        """
                        update chat.bots
                           set name = $2, description = $3, avatar = $4, status = $5, bot_type = $6, rank = $7,
                               metadata = $8::jsonb,
                               price_version = price_version + case when price = $9::jsonb then 0 else 1 end,
                               price = $9::jsonb,
                               launched_at = coalesce(launched_at, case when $5 = 'live' then now() end),
                               updated_at = now()
                         where bot_id = $1
                        """);
        return store.change(bound(statement, id, fields));
    }

    private static GenericExecuteSpec bound(
            GenericExecuteSpec statement, UUID id, BotFields fields) {
        return statement
                .bind(0, id)
                .bind(1, fields.name())
                .bind(2, fields.description())
                .bind(3, Parameters.in(R2dbcType.VARCHAR, fields.avatar()))
                .bind(4, fields.status())
                .bind(5, fields.type())
                .bind(6, fields.rank())
                .bind(7, fields.metadata().toString())
                .bind(8, fields.price().toString());
    }

    Mono<Long> delete(UUID id) {
        return store.change(
                store.sql(
                                "update chat.bots set deleted_at = now(), updated_at = now() where bot_id = $1")
                        .bind(0, id));
    }

    private Bot read(Readable row) {
        var slug = required(row, "slug", String.class);
        return new Bot(
                required(row, "bot_id", UUID.class),
                slug,
                required(row, "name", String.class),
                required(row, "description", String.class),
                row.get("avatar", String.class),
                required(row, "status", String.class),
                required(row, "bot_type", String.class),
                required(row, "rank", Integer.class),
                (ObjectNode) json.readTree(required(row, "metadata", String.class)),
                json.readTree(required(row, "price", String.class)),
                required(row, "price_version", Integer.class),
                row.get("owner", String.class),
                row.get("launched_at", Instant.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class),
                Bot.links(slug));
    }
}
