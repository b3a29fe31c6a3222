package dev.orrery.standalone;

import dev.orrery.ids.DerivedId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Puts the demo bot where an empty installation has none. Its ids are derived, so starting again
 * changes nothing; a changed prompt or model becomes a new revision, and the active one.
 */
final class DemoBot {

    static final String SLUG = "astrologer-mira";

    private static final UUID NAMESPACE = UUID.fromString("8d2d4b06-5a64-4a3f-9d2a-3a7f0c9be001");
    private static final UUID BOT = DerivedId.of(NAMESPACE, "bot/" + SLUG);
    private static final UUID CONFIG = DerivedId.of(NAMESPACE, "config/" + SLUG);

    private static final String METADATA =
            """
            {"required_fields": ["name", "birth"],
             "facts": [{"kind": "birth_chart", "indispensable": false, "format": "markdown"}],
             "time_zone": "Asia/Kolkata"}
            """;
    private static final String PRICE =
            """
            {"unit": "message", "currency": "INR", "per_message_micros": 5000000}
            """;

    private final String model;
    private final String fallbackModel;

    /**
     * @param model the primary's name at the OpenAI-compatible provider
     * @param fallbackModel what is asked when the primary fails
     */
    DemoBot(String model, String fallbackModel) {
        this.model = model;
        this.fallbackModel = fallbackModel;
    }

    void install(String jdbcUrl, String user) throws SQLException, IOException {
        var prompt = prompt();
        var metadata =
                "{\"fallbacks\": [{\"provider\": \"openai\", \"model\": \""
                        + fallbackModel
                        + "\", \"retry\": 1}]}";
        var revision = DerivedId.of(CONFIG, model + "\n" + metadata + "\n" + prompt);
        try (var connection = DriverManager.getConnection(jdbcUrl, user, "")) {
            connection.setAutoCommit(false);
            update(
                    connection,
                    """
                    insert into chat.bots (bot_id, slug, name, description, status, bot_type, metadata, price, launched_at)
                    values (?, ?, 'Mira', 'A warm Vedic astrologer who reads your birth chart.', 'live', 'astrologer',
                            ?::jsonb, ?::jsonb, now())
                    on conflict (bot_id) do nothing
                    """,
                    BOT,
                    SLUG,
                    METADATA,
                    PRICE);
            update(
                    connection,
                    """
                    insert into chat.config_revisions
                      (revision_id, config_id, number, provider, model, temperature, top_p, max_output_tokens,
                       prompt, metadata, author)
                    values (?, ?, (select coalesce(max(number), 0) + 1 from chat.config_revisions where config_id = ?),
                            'openai', ?, 0.7, 0.95, 700, ?, ?::jsonb, 'demo')
                    on conflict (revision_id) do nothing
                    """,
                    revision,
                    CONFIG,
                    CONFIG,
                    model,
                    prompt,
                    metadata);
            update(
                    connection,
                    """
                    insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
                    values (?, ?, 'demo', true, ?)
                    on conflict (config_id) do update set current_revision_id = excluded.current_revision_id
                    """,
                    CONFIG,
                    BOT,
                    revision);
            connection.commit();
        }
    }

    private static String prompt() throws IOException {
        try (var resource = DemoBot.class.getResourceAsStream("/demo/astrologer-mira.txt")) {
            if (resource == null) {
                throw new IOException("BUG: demo/astrologer-mira.txt is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
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
