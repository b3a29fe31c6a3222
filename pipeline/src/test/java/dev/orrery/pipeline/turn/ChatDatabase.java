package dev.orrery.pipeline.turn;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database with one bot to talk to. */
final class ChatDatabase implements AutoCloseable {

    private static final String BOT =
            """
            insert into chat.bots (bot_id, slug, name, status, metadata, price)
            values ('00000000-0000-4000-8000-00000000000b', 'mira', 'Mira', 'live',
                    '{"facts": [{"kind": "birth_chart", "indispensable": true}]}',
                    '{"unit": "message", "currency": "INR", "per_message_micros": 5000000}');
            insert into chat.config_revisions (revision_id, config_id, number, provider, model, author)
            values ('00000000-0000-4000-8000-00000000000d', '00000000-0000-4000-8000-00000000000c', 1, 'openai',
                    'gpt-5-mini', 'ada');
            insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
            values ('00000000-0000-4000-8000-00000000000c', '00000000-0000-4000-8000-00000000000b', 'main', true,
                    '00000000-0000-4000-8000-00000000000d');
            """;

    private static final String SESSION =
            """
            insert into billing.wallets (wallet_id, owner, currency, posted_micros)
            values ('%1$s', 'user-%1$s', 'INR', 100000000);
            insert into chat.users (user_id, wallet_id) values ('user-%1$s', '%1$s');
            insert into chat.sessions (session_id, user_id, wallet_id, bot_id, price, price_version)
            values ('%1$s', 'user-%1$s', '%1$s', '00000000-0000-4000-8000-00000000000b',
                    '{"unit": "message", "currency": "INR", "per_message_micros": 5000000}', 1);
            """;

    private static final String ACCEPT =
            "select verdict from chat.accept_turn(?, ?, ?, 'Will I be famous?', '\\x00', 60000, 5000, 7, 1234)";

    private final Connection superuser;
    private final ConnectionPool pool;

    ChatDatabase() throws SQLException {
        var server = SharedServers.database();
        var name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        superuser = DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        superuser.setAutoCommit(false);
        execute(BOT);
        pool =
                new Database(
                                DatabaseAddress.parse(server.url(name)),
                                "orrery_llm",
                                "orrery",
                                4,
                                "test")
                        .open();
    }

    /** As the llm-worker's role, which may do least of all that move turns. */
    DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    /** A turn that was just accepted, in a session of its own. */
    UUID acceptedTurn() throws SQLException {
        var session = UUID.randomUUID();
        var turn = UUID.randomUUID();
        execute(SESSION.formatted(session));
        try (var accept = superuser.prepareStatement(ACCEPT)) {
            accept.setObject(1, turn);
            accept.setObject(2, session);
            accept.setString(3, "user-" + session);
            var verdict = accept.executeQuery();
            verdict.next();
            if (!verdict.getString(1).equals("accepted")) {
                throw new IllegalStateException(verdict.getString(1) + " (expected: accepted)");
            }
        }
        superuser.commit();
        return turn;
    }

    boolean isTrue(String expression, UUID turn) throws SQLException {
        try (var query =
                superuser.prepareStatement(
                        "select " + expression + " from chat.turns where turn_id = ?")) {
            query.setObject(1, turn);
            var row = query.executeQuery();
            row.next();
            boolean isTrue = row.getBoolean(1);
            superuser.commit();
            return isTrue;
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        pool.dispose();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
        superuser.commit();
    }
}
