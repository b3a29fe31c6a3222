package dev.orrery.standalone;

import dev.orrery.ids.DerivedId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * Puts the demo's bots where an empty installation has none. Starting again changes nothing; a
 * changed prompt, policy or model becomes a new revision, and the active one unless an author has
 * put one of their own in force.
 */
final class DemoBots {

    static final List<DemoBot> ALL = List.of(DemoBot.MIRA, DemoBot.TARA, DemoBot.NOOR);

    private final String model;
    private final String toolsModel;
    private final String fallbacks;

    /**
     * @param model the primary's name at the OpenAI-compatible provider
     * @param toolsModel the same of bots that have tools
     * @param fallbackModel what is asked when the primary fails
     */
    DemoBots(String model, String toolsModel, String fallbackModel) {
        this.model = model;
        this.toolsModel = toolsModel;
        this.fallbacks =
                "\"fallbacks\": [{\"provider\": \"openai\", \"model\": \""
                        + fallbackModel
                        + "\", \"retry\": 1}]";
    }

    void install(String jdbcUrl, String user) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(jdbcUrl, user, "")) {
            connection.setAutoCommit(false);
            for (var bot : ALL) {
                install(bot, connection);
            }
            connection.commit();
        }
    }

    private void install(DemoBot demo, Connection connection) throws SQLException, IOException {
        var prompt = demo.promptText();
        var asked = demo.tools() == null ? model : toolsModel;
        var metadata = metadata(demo);
        var revision = DerivedId.of(demo.config(), asked + "\n" + metadata + "\n" + prompt);
        update(
                connection,
                """
                insert into chat.bots (bot_id, slug, name, description, status, bot_type, rank, metadata, price, launched_at)
                values (?, ?, ?, ?, 'live', ?, ?, ?::jsonb, ?::jsonb, now())
                on conflict (bot_id) do nothing
                """,
                demo.bot(),
                demo.slug(),
                demo.name(),
                demo.description(),
                demo.type(),
                demo.rank(),
                demo.metadata(),
                demo.price());
        update(
                connection,
                """
                insert into chat.config_revisions
                  (revision_id, config_id, number, provider, model, temperature, top_p, max_output_tokens,
                   prompt, prompt_kind, metadata, author)
                values (?, ?, (select coalesce(max(number), 0) + 1 from chat.config_revisions where config_id = ?),
                        'openai', ?, 0.7, 0.95, 700, ?, ?, ?::jsonb, 'demo')
                on conflict (revision_id) do nothing
                """,
                revision,
                demo.config(),
                demo.config(),
                asked,
                prompt,
                demo.kind(),
                metadata);
        update(
                connection,
                """
                insert into chat.llm_configs as c (config_id, bot_id, name, is_active, current_revision_id)
                values (?, ?, 'demo', true, ?)
                on conflict (config_id) do update set current_revision_id = excluded.current_revision_id
                 where exists (select from chat.config_revisions r
                                where r.revision_id = c.current_revision_id and r.author = 'demo')
                """,
                demo.config(),
                demo.bot(),
                revision);
    }

    private String metadata(DemoBot demo) throws IOException {
        var safety = demo.safety();
        return "{"
                + fallbacks
                + demo.toolsText()
                + (safety == null ? "" : ", \"safety\": " + safety)
                + "}";
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
