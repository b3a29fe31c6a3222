package dev.orrery.llm;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database with one bot, whose turns a test accepts as the door would. */
final class ChatDatabase implements AutoCloseable {

    private static final String BOT = "00000000-0000-4000-8000-00000000000b";
    private static final String REVISION = "00000000-0000-4000-8000-00000000000d";
    private static final String PRICE =
            "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 5000000}";

    private static final String BOT_SQL =
            """
            insert into chat.bots (bot_id, slug, name, status, price)
            values ('%1$s', 'mira', 'Mira', 'live', '%3$s');
            insert into chat.config_revisions (revision_id, config_id, number, provider, model, author)
            values ('%2$s', '00000000-0000-4000-8000-00000000000c', 1, 'openai', 'gpt-5-mini', 'ada');
            insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
            values ('00000000-0000-4000-8000-00000000000c', '%1$s', 'main', true, '%2$s');
            """
                    .formatted(BOT, REVISION, PRICE);

    private static final String SESSION_SQL =
            """
            insert into billing.wallets (wallet_id, owner, currency, posted_micros)
            values ('%1$s', 'user-%1$s', 'INR', 100000000);
            insert into chat.users (user_id, wallet_id) values ('user-%1$s', '%1$s');
            insert into chat.sessions (session_id, user_id, wallet_id, bot_id, price, price_version)
            values ('%1$s', 'user-%1$s', '%1$s', '%2$s', '%3$s', 1);
            """;

    private static final String ACCEPT_SQL =
            """
            select verdict, (turn).accepted_at, (turn).deadline
              from chat.accept_turn(?, ?, ?, 'Will I be famous?', '\\x00', 60000, 5000, ?, 0)
            """;

    private final String name = SharedServers.newDatabase();
    private final Connection superuser;
    private final ConnectionPool pool;

    ChatDatabase() throws SQLException {
        var server = SharedServers.database();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        superuser = DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        execute(BOT_SQL);
        var address = DatabaseAddress.parse(server.url(name));
        pool = new Database(address, "orrery_llm", "orrery", 8, "llm-test").open();
    }

    /** As the workers see it: with their own role's rights and no more. */
    DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    String url() {
        return SharedServers.database().url(name);
    }

    /** A turn that was just accepted, in a session of its own. */
    TurnRef accept(int replyPartition) throws SQLException {
        var session = UUID.randomUUID();
        var turn = UUID.randomUUID();
        execute(SESSION_SQL.formatted(session, BOT, PRICE));
        try (var accept = superuser.prepareStatement(ACCEPT_SQL)) {
            accept.setObject(1, turn);
            accept.setObject(2, session);
            accept.setString(3, "user-" + session);
            accept.setInt(4, replyPartition);
            var row = accept.executeQuery();
            row.next();
            if (!row.getString(1).equals("accepted")) {
                throw new IllegalStateException(row.getString(1) + " (expected: accepted)");
            }
            return ref(
                    turn,
                    session,
                    replyPartition,
                    row.getTimestamp(2).toInstant(),
                    row.getTimestamp(3).toInstant());
        }
    }

    private static TurnRef ref(
            UUID turn, UUID session, int replyPartition, Instant acceptedAt, Instant deadline) {
        return TurnRef.newBuilder()
                .setTurnId(turn.toString())
                .setSessionId(session.toString())
                .setUserId("user-" + session)
                .setWalletId(session.toString())
                .setBotId(BOT)
                .setSequence(1)
                .setRevisionId(REVISION)
                .setProfileVersion(0)
                .setAcceptedAt(acceptedAt)
                .setDeadline(deadline)
                .setReplyPartition(replyPartition)
                .build();
    }

    /** One column of a turn's row, as text; the word null for none. */
    String column(String name, TurnRef turn) throws SQLException {
        try (var query =
                superuser.prepareStatement(
                        "select coalesce(("
                                + name
                                + ")::text, 'null') from chat.turns where turn_id = ?::uuid")) {
            query.setString(1, turn.getTurnId());
            var row = query.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        pool.dispose();
    }
}
