package dev.orrery.ingest.sessions;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.accounts.Account;
import dev.orrery.ingest.accounts.Accounts;
import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Problem;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Sessions of users. Somebody else's session does not exist. */
@Component
final class Sessions {

    private static final String COLUMNS =
            """
            select s.session_id, b.slug, s.title, s.greeting, s.state, s.price, s.turns, s.created_at, s.last_activity_at
              from chat.sessions s join chat.bots b on b.bot_id = s.bot_id
            """;

    private final Store store;
    private final Accounts accounts;
    private final OpeningWords openingWords;
    private final TimeOrderedIds ids;
    private final JsonMapper json;

    Sessions(
            Store store,
            Accounts accounts,
            OpeningWords openingWords,
            TimeOrderedIds ids,
            JsonMapper json) {
        this.store = store;
        this.accounts = accounts;
        this.openingWords = openingWords;
        this.ids = ids;
        this.json = json;
    }

    /**
     * Begins a session with a live bot, at the price the bot has now and with the words it says
     * first, and opens the user's account if there is none; all or nothing.
     */
    Mono<Session> begin(String user, String slug) {
        var id = ids.next();
        return store.together(
                accounts.open(user)
                        .zipWhen(account -> openingWords.of(slug, user, id))
                        .flatMap(opened -> insert(id, opened.getT1(), slug, opened.getT2()))
                        .flatMap(inserted -> inserted == 0 ? whyNot(slug) : find(user, id)));
    }

    private Mono<Long> insert(UUID id, Account account, String slug, String greeting) {
        var statement =
                store.sql(
                                """
                                insert into chat.sessions
                                  (session_id, user_id, wallet_id, bot_id, price, price_version, greeting)
                                select $1, $2, $3, b.bot_id, b.price, b.price_version, nullif($6, '')
                                  from chat.bots b
                                 where b.slug = $4 and b.status = 'live' and b.deleted_at is null
                                   and (b.price ->> 'unit' = 'free' or b.price ->> 'currency' = $5)
                                """)
                        .bind(0, id)
                        .bind(1, account.user())
                        .bind(2, account.walletId())
                        .bind(3, slug)
                        .bind(4, account.currency())
                        .bind(5, greeting);
        return store.change(statement);
    }

    private Mono<Session> whyNot(String slug) {
        var statement =
                store.sql(
                                """
                                select price ->> 'currency' as currency from chat.bots
                                 where slug = $1 and status = 'live' and deleted_at is null
                                """)
                        .bind(0, slug);
        return store.one(statement, row -> required(row, "currency", String.class))
                .flatMap(currency ->
                        Mono.<Session>error(
                                new Problem(
                                        ProblemCode.CURRENCY_MISMATCH,
                                        "the bot is paid in "
                                                + currency
                                                + " (expected: your wallet's currency)")))
                .switchIfEmpty(
                        Mono.error(() ->
                                new Problem(
                                        ProblemCode.BOT_NOT_AVAILABLE,
                                        "bot: no live bot of this name (expected: one of GET /v1/bots)")));
    }

    Mono<Session> find(String user, UUID id) {
        var statement =
                store.sql(COLUMNS + " where s.session_id = $1 and s.user_id = $2")
                        .bind(0, id)
                        .bind(1, user);
        return store.one(statement, this::read).switchIfEmpty(Mono.error(Problem::notFound));
    }

    /** The user's sessions, newest first. */
    Mono<Page<Session>> list(String user, PageRequest asked) {
        var statement =
                store.sql(
                                COLUMNS
                                        + """
                                         where s.user_id = $1
                                           and (s.created_at, s.session_id) < ($2, $3)
                                         order by s.created_at desc, s.session_id desc limit $4
                                        """)
                        .bind(0, user)
                        .bind(1, asked.after().time())
                        .bind(2, asked.after().id())
                        .bind(3, asked.limitAndOne());
        return store.all(statement, this::read)
                .collectList()
                .map(rows ->
                        Page.of(
                                rows,
                                asked,
                                session -> Cursor.at(session.createdAt(), session.id())));
    }

    /** Gives the session a title; null takes it away. */
    Mono<Session> rename(String user, UUID id, @Nullable String title) {
        var statement =
                store.sql(
                                "update chat.sessions set title = $3 where session_id = $1 and user_id = $2")
                        .bind(0, id)
                        .bind(1, user)
                        .bind(2, Parameters.in(R2dbcType.VARCHAR, title));
        return store.change(statement).then(find(user, id));
    }

    /** No further messages; what is in flight comes to its end. Closing again changes nothing. */
    Mono<Void> close(String user, UUID id) {
        var statement =
                store.sql(
                                "update chat.sessions set state = 'closed' where session_id = $1 and user_id = $2")
                        .bind(0, id)
                        .bind(1, user);
        return store.change(statement)
                .flatMap(changed -> changed == 0 ? Mono.error(Problem::notFound) : Mono.empty());
    }

    private Session read(Readable row) {
        var id = required(row, "session_id", UUID.class);
        return new Session(
                id,
                required(row, "slug", String.class),
                row.get("title", String.class),
                row.get("greeting", String.class),
                required(row, "state", String.class),
                json.readTree(required(row, "price", String.class)),
                required(row, "turns", Integer.class),
                required(row, "created_at", Instant.class),
                required(row, "last_activity_at", Instant.class),
                Session.links(id));
    }
}
