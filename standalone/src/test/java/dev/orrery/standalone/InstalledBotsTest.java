package dev.orrery.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Migrations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another start does to the bots of the one before. */
class InstalledBotsTest {

    private static final String AUTHORS_OWN =
            """
            with written as (
              insert into chat.config_revisions (revision_id, config_id, number, provider, model, prompt, author)
              select gen_random_uuid(), c.config_id, 99, 'openai', 'of-the-author', 'Hi', 'ada'
                from chat.llm_configs c
              returning revision_id, config_id)
            update chat.llm_configs c set current_revision_id = w.revision_id
              from written w where w.config_id = c.config_id
            """;

    private static final String MODELS_IN_FORCE =
            """
            select string_agg(distinct r.model, ',')
              from chat.llm_configs c join chat.config_revisions r on r.revision_id = c.current_revision_id
            """;

    private final EmbeddedDatabase server = SharedServers.database();
    private final String url;
    private final Connection connection;

    InstalledBotsTest() throws SQLException, IOException {
        url = server.jdbcUrl(SharedServers.newDatabase());
        Migrations.migrate(url, server.superuser(), "");
        connection = DriverManager.getConnection(url, server.superuser(), "");
        install("first");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void haveAChangedModelInForce() throws Exception {
        // when
        install("second");

        // then
        assertThat(modelsInForce()).isEqualTo("second");
    }

    @Test
    void keepWhatAnAuthorHasPutInForce() throws Exception {
        // given
        try (var statement = connection.createStatement()) {
            statement.execute(AUTHORS_OWN);
        }

        // when
        install("second");

        // then
        assertThat(modelsInForce()).isEqualTo("of-the-author");
    }

    private void install(String model) throws SQLException, IOException {
        new DemoBots(model, model, "fallback").install(url, server.superuser());
    }

    private String modelsInForce() throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(MODELS_IN_FORCE)) {
            found.next();
            return found.getString(1);
        }
    }
}
