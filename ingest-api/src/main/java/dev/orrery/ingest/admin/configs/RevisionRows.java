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
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code chat.config_revisions}: added and read, never changed. */
@Component
final class RevisionRows {

    private static final String COLUMNS =
            """
            select revision_id, config_id, number, content_hash, author, created_at, provider, model, temperature, top_p,
                   top_k, max_output_tokens, prompt_token_limit, retry, history_turns, prompt_kind, prompt, metadata
              from chat.config_revisions
            """;

    private final Store store;
    private final JsonMapper json;

    RevisionRows(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    Mono<Revision> latest(UUID config) {
        return store.one(
                store.sql(COLUMNS + " where config_id = $1 order by number desc limit 1")
                        .bind(0, config),
                this::read);
    }

    Mono<Revision> numbered(UUID config, int number) {
        return store.one(
                store.sql(COLUMNS + " where config_id = $1 and number = $2")
                        .bind(0, config)
                        .bind(1, number),
                this::read);
    }

    Mono<Revision> find(UUID config, UUID revision) {
        return store.one(
                store.sql(COLUMNS + " where config_id = $1 and revision_id = $2")
                        .bind(0, config)
                        .bind(1, revision),
                this::read);
    }

    /** Whichever configuration it belongs to. */
    Mono<Revision> find(UUID revision) {
        return store.one(
                store.sql(COLUMNS + " where revision_id = $1").bind(0, revision), this::read);
    }

    /** What answers for the bot now: the active one, and the arms of a running experiment. */
    Flux<Revision> inForce(UUID bot) {
        var statement =
                store.sql(
                                COLUMNS
                                        + """
                                         where revision_id in (
                                           select c.current_revision_id from chat.llm_configs c
                                            where c.bot_id = $1 and c.is_active
                                           union all
                                           select a.revision_id
                                             from chat.experiments e
                                             join chat.experiment_arms a on a.experiment_id = e.experiment_id
                                            where e.bot_id = $1 and e.state = 'running')
                                         order by config_id, number
                                        """)
                        .bind(0, bot);
        return store.all(statement, this::read);
    }

    /** Newest first. */
    Mono<Page<Revision>> list(UUID config, PageRequest asked) {
        var statement =
                store.sql(
                                COLUMNS
                                        + " where config_id = $1 and number < $2 order by number desc limit $3")
                        .bind(0, config)
                        .bind(1, (int) Math.clamp(asked.after().number(), 0, Integer.MAX_VALUE))
                        .bind(2, asked.limitAndOne());
        return store.all(statement, this::read)
                .collectList()
                .map(rows -> Page.of(rows, asked, revision -> Cursor.of(revision.number())));
    }

    /** 1, or 0 when the revision before it says the same. */
    Mono<Long> insert(UUID id, UUID config, int number, String author, RevisionFields fields) {
        var statement =
                store.sql(
                                """
                                insert into chat.config_revisions
                                  (revision_id, config_id, number, author, provider, model, temperature, top_p, top_k,
                                   max_output_tokens, prompt_token_limit, retry, history_turns, prompt_kind, prompt,
                                   metadata)
                                select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb
                                 where not exists (
                                   select from chat.config_revisions r
                                    where r.config_id = $2 and r.number = $3 - 1
                                      and r.content_hash = chat.content_hash(
                                            $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb))
                                """)
                        .bind(0, id)
                        .bind(1, config)
                        .bind(2, number)
                        .bind(3, author)
                        .bind(4, fields.provider())
                        .bind(5, fields.model())
                        .bind(6, Parameters.in(R2dbcType.DOUBLE, fields.temperature()))
                        .bind(7, Parameters.in(R2dbcType.DOUBLE, fields.topP()))
                        .bind(8, Parameters.in(R2dbcType.INTEGER, fields.topK()))
                        .bind(9, fields.maxOutputTokens())
                        .bind(10, fields.promptTokenLimit())
                        .bind(11, fields.retry())
                        .bind(12, fields.historyTurns())
                        .bind(13, fields.promptKind())
                        .bind(14, fields.prompt())
                        .bind(15, fields.metadata().toString());
        return store.change(statement);
    }

    private Revision read(Readable row) {
        return new Revision(
                required(row, "revision_id", UUID.class),
                required(row, "config_id", UUID.class),
                required(row, "number", Integer.class),
                required(row, "content_hash", String.class),
                required(row, "author", String.class),
                required(row, "created_at", Instant.class),
                new RevisionFields(
                        required(row, "provider", String.class),
                        required(row, "model", String.class),
                        row.get("temperature", Double.class),
                        row.get("top_p", Double.class),
                        row.get("top_k", Integer.class),
                        required(row, "max_output_tokens", Integer.class),
                        required(row, "prompt_token_limit", Integer.class),
                        required(row, "retry", Integer.class),
                        required(row, "history_turns", Integer.class),
                        required(row, "prompt_kind", String.class),
                        required(row, "prompt", String.class),
                        (ObjectNode) json.readTree(required(row, "metadata", String.class))));
    }
}
