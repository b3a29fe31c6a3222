package dev.orrery.ingest.admin.changes;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The book of changes. A note is written in the transaction of what it tells of, so there is
 * neither one without the other. The activation of a revision is noted by the function that does
 * it.
 */
@Component
public final class Changes {

    private final Store store;
    private final JsonMapper json;

    Changes(Store store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /**
     * Notes a change; to be part of its transaction.
     *
     * @param before what was there, in the form in which it is shown; null for nothing
     * @param after what is there now; null for nothing
     */
    public Mono<Void> note(
            String actor,
            String action,
            String subject,
            @Nullable Object before,
            @Nullable Object after) {
        var statement =
                store.sql(
                                """
                                insert into chat.admin_changes (actor, action, subject, before, after)
                                values ($1, $2, $3, $4::jsonb, $5::jsonb)
                                """)
                        .bind(0, actor)
                        .bind(1, action)
                        .bind(2, subject)
                        .bind(3, Parameters.in(R2dbcType.VARCHAR, text(before)))
                        .bind(4, Parameters.in(R2dbcType.VARCHAR, text(after)));
        return store.change(statement).then();
    }

    private @Nullable String text(@Nullable Object shown) {
        return shown == null ? null : json.writeValueAsString(shown);
    }

    /** Newest first. */
    Mono<Page<Change>> list(PageRequest asked) {
        var statement =
                store.sql(
                                """
                                select change_id, actor, action, subject, before, after, changed_at
                                  from chat.admin_changes
                                 where change_id < $1 order by change_id desc limit $2
                                """)
                        .bind(0, asked.after().number())
                        .bind(1, asked.limitAndOne());
        return store.all(statement, this::read)
                .collectList()
                .map(rows -> Page.of(rows, asked, change -> Cursor.of(change.number())));
    }

    private Change read(Readable row) {
        return new Change(
                required(row, "change_id", Long.class),
                required(row, "actor", String.class),
                required(row, "action", String.class),
                required(row, "subject", String.class),
                tree(row.get("before", String.class)),
                tree(row.get("after", String.class)),
                required(row, "changed_at", Instant.class));
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }
}
