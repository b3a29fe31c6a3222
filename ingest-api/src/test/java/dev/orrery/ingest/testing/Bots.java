package dev.orrery.ingest.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The bots of the tests. */
final class Bots {

    private static final String PRICE =
            "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": 5000000}";

    private Bots() {}

    static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        configured(connection, "mira", "live", "{\"required_fields\": [\"birth\"]}", PRICE);
        configured(connection, "plain", "live", "{}", PRICE);
        configured(connection, "free", "live", "{}", "{\"unit\": \"free\", \"currency\": \"INR\"}");
        configured(connection, "resting", "paused", "{}", PRICE);
        configured(connection, "fickle", "live", "{}", PRICE);
        configured(connection, "moody", "live", "{}", PRICE);
        configured(connection, "dollars", "live", "{}", PRICE.replace("INR", "USD"));
        bot(connection, "hollow", "live", "{}", PRICE);
        connection.commit();
    }

    private static void configured(
            Connection connection, String slug, String status, String metadata, String price)
            throws SQLException {
        var bot = bot(connection, slug, status, metadata, price);
        var config = UUID.randomUUID();
        var revision = UUID.randomUUID();
        update(
                connection,
                """
                insert into chat.config_revisions (revision_id, config_id, number, provider, model, prompt, author)
                values (?, ?, 1, 'openai', 'sim/echo', 'You are a test.', 'test')
                """,
                revision,
                config);
        update(
                connection,
                """
                insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
                values (?, ?, 'test', true, ?)
                """,
                config,
                bot,
                revision);
    }

    private static UUID bot(
            Connection connection, String slug, String status, String metadata, String price)
            throws SQLException {
        var bot = UUID.randomUUID();
        update(
                connection,
                """
                insert into chat.bots (bot_id, slug, name, status, metadata, price)
                values (?, ?, initcap(?), ?, ?::jsonb, ?::jsonb)
                """,
                bot,
                slug,
                slug,
                status,
                metadata,
                price);
        return bot;
    }

    private static void update(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
