package dev.orrery.ingest.memories;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.accounts.Accounts;
import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Memories of users, at most {@link #MOST} of each. */
@Component
final class Memories {

    static final int MOST = 100;

    private static final String COLUMNS =
            "select memory_id, text, origin, created_at from chat.memories where user_id = $1";

    private final Store store;
    private final Accounts accounts;
    private final Changes changes;
    private final TimeOrderedIds ids;

    Memories(Store store, Accounts accounts, Changes changes, TimeOrderedIds ids) {
        this.store = store;
        this.accounts = accounts;
        this.changes = changes;
        this.ids = ids;
    }

    /** Remembers what the user typed. Several at once are counted one after the other. */
    Mono<Memory> add(String user, String text) {
        var id = ids.next();
        return accounts.open(user)
                .then(
                        store.together(
                                accounts.lock(user)
                                        .then(insert(id, user, text))
                                        .flatMap(inserted ->
                                                inserted == 0
                                                        ? Mono.error(Memories::full)
                                                        : find(user, id))));
    }

    private Mono<Long> insert(UUID id, String user, String text) {
        var statement =
                store.sql(
                                """
                                insert into chat.memories (memory_id, user_id, text, origin)
                                select $1, $2, $3, 'user'
                                 where (select count(*) from chat.memories where user_id = $2) < $4
                                """)
                        .bind(0, id)
                        .bind(1, user)
                        .bind(2, text)
                        .bind(3, MOST);
        return store.change(statement);
    }

    private static Problem full() {
        return new Problem(
                ProblemCode.CONFLICT,
                MOST + " memories are kept (expected: DELETE one before the next)");
    }

    private Mono<Memory> find(String user, UUID id) {
        return store.one(
                store.sql(COLUMNS + " and memory_id = $2").bind(0, user).bind(1, id),
                Memories::read);
    }

    /** Newest first; nothing for a user who has never been here. */
    Mono<Page<Memory>> list(String user, PageRequest asked) {
        var statement =
                store.sql(
                                COLUMNS
                                        + """
                                           and (created_at, memory_id) < ($2, $3)
                                         order by created_at desc, memory_id desc limit $4
                                        """)
                        .bind(0, user)
                        .bind(1, asked.after().time())
                        .bind(2, asked.after().id())
                        .bind(3, asked.limitAndOne());
        return store.all(statement, Memories::read)
                .collectList()
                .map(rows ->
                        Page.of(rows, asked, memory -> Cursor.at(memory.createdAt(), memory.id())));
    }

    /** Forgets it; a {@link Problem} when there is no such memory of this user. */
    Mono<Void> delete(String user, UUID id) {
        var statement =
                store.sql("delete from chat.memories where user_id = $1 and memory_id = $2")
                        .bind(0, user)
                        .bind(1, id);
        return store.change(statement)
                .flatMap(deleted -> deleted == 0 ? Mono.error(Problem::notFound) : Mono.empty());
    }

    /**
     * As {@link #delete}, by somebody else than the user. The book of changes says who, and which
     * memory of whom; what it was stands nowhere any more.
     */
    Mono<Void> forget(String actor, String user, UUID id) {
        return store.together(
                delete(user, id)
                        .then(
                                changes.note(
                                        actor,
                                        "delete_memory",
                                        "memory/" + user + "/" + id,
                                        null,
                                        null)));
    }

    private static Memory read(Readable row) {
        return new Memory(
                required(row, "memory_id", UUID.class),
                required(row, "text", String.class),
                required(row, "origin", String.class),
                required(row, "created_at", Instant.class));
    }
}
