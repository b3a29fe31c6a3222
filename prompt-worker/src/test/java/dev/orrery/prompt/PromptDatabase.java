package dev.orrery.prompt;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database of its own, with the view of somebody who may write everything. */
public final class PromptDatabase implements AutoCloseable {

    private static final String PRICE = "{\"unit\": \"free\", \"currency\": \"INR\"}";

    private final String url;
    private final Connection superuser;
    private final ConnectionPool pool;

    public PromptDatabase() throws SQLException {
        var server = SharedServers.database();
        var name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        this.url = server.url(name);
        this.superuser = DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        this.pool = newPool();
    }

    /** Connections with the rights of the worker's role and no more. */
    public ConnectionPool newPool() {
        return new Database(DatabaseAddress.parse(url), "orrery_prompt", "orrery", 4, "test")
                .open();
    }

    /** As the worker sees it. */
    public DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    /** One where nobody listens. */
    public static DatabaseClient away() {
        var nowhere = DatabaseAddress.parse("postgresql://127.0.0.1:1/nobody");
        return DatabaseClient.create(
                new Database(nowhere, "orrery_prompt", "orrery", 1, "test").open());
    }

    /** What a worker is told in {@code DATABASE_URL}. */
    String url() {
        return url;
    }

    public UUID bot(String name, String metadata) throws SQLException {
        var bot = UUID.randomUUID();
        run(
                """
                insert into chat.bots (bot_id, slug, name, description, status, metadata, price)
                values (?, ?, ?, 'A guide to the sky.', 'live', ?::jsonb, ?::jsonb)
                """,
                bot,
                "bot-" + bot,
                name,
                metadata,
                PRICE);
        return bot;
    }

    /** A revision of a configuration of the bot. */
    public UUID revision(UUID bot, String prompt, String metadata) throws SQLException {
        return revision(bot, prompt, metadata, 20);
    }

    public UUID revision(UUID bot, String prompt, String metadata, int historyTurns)
            throws SQLException {
        return revision(bot, "template", prompt, metadata, historyTurns);
    }

    /** A revision whose prompt is a document. */
    public UUID document(UUID bot, String prompt, String metadata) throws SQLException {
        return revision(bot, "structured", prompt, metadata, 20);
    }

    private UUID revision(UUID bot, String kind, String prompt, String metadata, int historyTurns)
            throws SQLException {
        var revision = UUID.randomUUID();
        var config = UUID.randomUUID();
        superuser.setAutoCommit(false);
        run(
                """
                insert into chat.config_revisions (revision_id, config_id, number, provider, model, temperature, retry,
                                                   prompt_kind, prompt, history_turns, metadata, author)
                values (?, ?, 1, 'openai', 'gpt-5-mini', 0.7, 1, ?, ?, ?, ?::jsonb, 'ada')
                """,
                revision,
                config,
                kind,
                prompt,
                historyTurns,
                metadata);
        run(
                "insert into chat.llm_configs (config_id, bot_id, name, current_revision_id) values (?, ?, 'main', ?)",
                config,
                bot,
                revision);
        superuser.commit();
        superuser.setAutoCommit(true);
        return revision;
    }

    /** Somebody who has said so of themselves, in version 1. */
    public String person(String profile) throws SQLException {
        var user = "user-" + UUID.randomUUID();
        run("insert into chat.users (user_id, wallet_id) values (?, ?)", user, UUID.randomUUID());
        profile(user, 1, profile);
        return user;
    }

    public void profile(String user, int version, String document) throws SQLException {
        run(
                "insert into chat.profiles (user_id, version, document) values (?, ?, ?::jsonb)",
                user,
                version,
                document);
    }

    public UUID session(String user, UUID bot) throws SQLException {
        var session = UUID.randomUUID();
        run(
                """
                insert into chat.sessions (session_id, user_id, wallet_id, bot_id, price, price_version)
                values (?, ?, ?, ?, ?::jsonb, 1)
                """,
                session,
                user,
                UUID.randomUUID(),
                bot,
                PRICE);
        return session;
    }

    /**
     * A turn of the session.
     *
     * @param state open, completed, failed or cancelled
     * @param reply null when there is none
     */
    public UUID turn(
            UUID session,
            UUID revision,
            int sequence,
            String state,
            String text,
            @Nullable String reply)
            throws SQLException {
        var turn = UUID.randomUUID();
        run(
                """
                insert into chat.turns (turn_id, session_id, user_id, wallet_id, bot_id, sequence, revision_id,
                                        profile_version, facts, request_text, request_hash, deadline, reply_partition,
                                        reply_offset, hold_micros, is_free, currency, state, finished_at, reply_text,
                                        final_epoch, charge_micros)
                select ?, s.session_id, s.user_id, s.wallet_id, s.bot_id, ?, ?, 1, '[]', ?, '\\x00',
                       now() + interval '1 minute', 0, 0, 0, true, 'INR', x.state,
                       case when x.state <> 'open' then now() end, ?, 1, 0
                  from chat.sessions s, (select ?::text as state) x
                 where s.session_id = ?
                """,
                turn,
                sequence,
                revision,
                text,
                reply,
                state,
                session);
        return turn;
    }

    /** Makes every summary older than the turns that follow. */
    public void letSummariesSettle() throws SQLException {
        run("update chat.session_summaries set created_at = created_at - interval '1 hour'");
    }

    /** What a query says, as text, rows parted by semicolons. */
    public String query(String sql) throws SQLException {
        var found = new StringJoiner(";");
        try (var statement = superuser.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
        }
        return found.toString();
    }

    public void run(String statement, @Nullable Object... arguments) throws SQLException {
        try (var prepared = superuser.prepareStatement(statement)) {
            for (int i = 0; i < arguments.length; i++) {
                prepared.setObject(i + 1, arguments[i]);
            }
            prepared.execute();
        }
    }

    /** How a turn has ended: its code, or what its state is. */
    String ending(UUID turn) throws SQLException {
        try (var query =
                superuser.prepareStatement(
                        "select coalesce(code, state) from chat.turns where turn_id = ?")) {
            query.setObject(1, turn);
            var rows = query.executeQuery();
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        pool.dispose();
    }
}
