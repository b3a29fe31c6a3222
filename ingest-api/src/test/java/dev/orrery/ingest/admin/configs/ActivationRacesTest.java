package dev.orrery.ingest.admin.configs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;

/** A bot that changes between the lint of a prompt and the moment that puts it in force. */
@ExtendWith(SharedDoor.class)
class ActivationRacesTest {

    private final RunningDoor door;
    private final User admin;
    private String bot = "";
    private String config = "";

    ActivationRacesTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    @BeforeEach
    void aBotWithAShopAndAPromptThatSpeaksOfIt() {
        bot =
                admin.post(
                                "/admin/v1/bots",
                                "{\"name\": \"Bot "
                                        + UUID.randomUUID()
                                        + "\", \"status\": \"live\", \"metadata\": {\"custom\": {\"shop\": \"open\"}}}")
                        .text("slug");
        config =
                admin.post(
                                "/admin/v1/bots/" + bot + "/llm-configs",
                                "{\"provider\": \"openai\", \"model\": \"echo\", \"prompt\": \"The shop is {{custom.shop}}.\"}")
                        .text("id");
    }

    @Test
    void refusesAPromptThatTheBotHasBrokenMeanwhile() throws SQLException {
        // when
        var answer = whileTheShopIsTakenAway("/admin/v1/llm-configs/" + config + "/activate", "");

        // then
        answer.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(
                        door.query(
                                "select is_active from chat.llm_configs where config_id = '"
                                        + config
                                        + "'"))
                .isEqualTo("f");
    }

    @Test
    void startsNoExperimentWithAPromptThatTheBotHasBrokenMeanwhile() throws SQLException {
        // given
        admin.activate(config, "");
        var experiment =
                admin.post(
                                "/admin/v1/bots/" + bot + "/experiments",
                                """
                                {"name": "race", "goal": "thumbs",
                                 "arms": [{"name": "one", "config": "%s", "weight": 1},
                                          {"name": "two", "config": "%s", "weight": 1}]}
                                """
                                        .formatted(config, config))
                        .text("id");

        // when
        var answer = whileTheShopIsTakenAway("/admin/v1/experiments/" + experiment + "/start", "");

        // then
        answer.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(
                        door.query(
                                "select state from chat.experiments where bot_id = (select bot_id from chat.bots where slug = '"
                                        + bot
                                        + "')"))
                .isEqualTo("draft");
    }

    /** The request has looked at the bot as it was, and waits for its lock. */
    private Answer whileTheShopIsTakenAway(String path, String body) throws SQLException {
        var server = SharedServers.database();
        try (var other =
                        DriverManager.getConnection(
                                server.jdbcUrl(door.database()), server.superuser(), "");
                var change = other.createStatement()) {
            other.setAutoCommit(false);
            change.execute(
                    "update chat.bots set metadata = metadata - 'custom' where slug = '"
                            + bot
                            + "'");
            var answer =
                    admin.later(HttpMethod.POST, path, body, Map.<String, String>of()).toFuture();
            await().until(() ->
                    !door.query(
                                    "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                            .isEmpty());
            other.commit();
            return answer.join();
        }
    }
}
