package dev.orrery.tools.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The bot that is measured: it wants a birth chart like the demo bot, costs money like the demo
 * bot, and asks a simulated model for 50 chunks without delay, so that what remains is Orrery's own
 * time.
 */
final class BenchBot {

    static final String SLUG = "bench-fifty-chunks";

    private static final UUID BOT = UUID.fromString("5f7c1a52-8f0a-4a0b-9d6e-0d7a35c1b001");
    private static final UUID CONFIG = UUID.fromString("5f7c1a52-8f0a-4a0b-9d6e-0d7a35c1b002");
    private static final UUID REVISION = UUID.fromString("5f7c1a52-8f0a-4a0b-9d6e-0d7a35c1b003");

    private BenchBot() {}

    /**
     * @param databaseUrl {@code postgresql://user@host:port/database}, of a user who may write the
     *     tables
     */
    static void install(String databaseUrl) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc(databaseUrl))) {
            connection.setAutoCommit(false);
            run(
                    connection,
                    """
                    insert into chat.bots (bot_id, slug, name, status, bot_type, metadata, price)
                    values (?, 'bench-fifty-chunks', 'Bench', 'live', 'assistant',
                            '{"facts": [{"kind": "birth_chart"}]}',
                            '{"unit": "message", "currency": "INR", "per_message_micros": 1000}')
                    """,
                    BOT);
            run(
                    connection,
                    """
                    insert into chat.config_revisions
                      (revision_id, config_id, number, provider, model, prompt, history_turns, author)
                    values (?, ?, 1, 'openai', 'sim/50-tokens-0ms',
                            'You answer {{user_name}}. {{user_astro_data}}', 4, 'bench')
                    """,
                    REVISION,
                    CONFIG);
            run(
                    connection,
                    """
                    insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
                    values (?, ?, 'bench', true, ?)
                    """,
                    CONFIG,
                    BOT,
                    REVISION);
            connection.commit();
        }
    }

    private static void run(Connection connection, String sql, UUID... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String jdbc(String databaseUrl) {
        var uri = java.net.URI.create(databaseUrl);
        var user = uri.getUserInfo() == null ? "postgres" : uri.getUserInfo().split(":", 2)[0];
        return "jdbc:postgresql://"
                + uri.getHost()
                + ":"
                + uri.getPort()
                + uri.getPath()
                + "?user="
                + user;
    }
}
