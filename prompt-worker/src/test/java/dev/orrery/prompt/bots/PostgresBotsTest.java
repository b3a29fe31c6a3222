package dev.orrery.prompt.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.ResponseLength;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBotsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);

    private static PromptDatabase database;

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static Bots bots(Duration freshness) {
        return new PostgresBots(database.asWorker(), PATIENCE, freshness);
    }

    private static Bot read(Bots bots, UUID bot) {
        return bots.of(bot).blockOptional(PATIENCE).orElseThrow();
    }

    @Test
    void areReadWithTheirSceneAndTheirZone() throws SQLException {
        // given
        var bot =
                database.bot(
                        "Nova",
                        "{\"scene_description\": \"Night.\", \"time_zone\": \"Europe/Berlin\"}");

        // when
        var read = read(bots(LONG), bot);

        // then
        assertThat(read)
                .isEqualTo(
                        new Bot(
                                "Nova",
                                "A guide to the sky.",
                                "Night.",
                                ZoneId.of("Europe/Berlin")));
    }

    @Test
    void areReadWithWhatDocumentsSayOfThem() throws SQLException {
        // given
        var bot =
                database.bot(
                        "Nova",
                        """
                        {"sex": "female", "app_id": 4, "response_length": "short", "custom": {"mood": "calm"}}
                        """);

        // when
        var read = read(bots(LONG), bot);

        // then
        assertThat(read)
                .returns("female", Bot::sex)
                .returns("4", Bot::app)
                .returns(ResponseLength.SHORT, Bot::length);
        assertThat(read.custom().called("custom.mood")).isEqualTo("calm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"time_zone\": \"Mars/Base\"}", "{\"time_zone\": 5}"})
    void liveInIndiaUnlessTheySayWhere(String metadata) throws SQLException {
        // given
        var bot = database.bot("Nova", metadata);

        // when
        var read = read(bots(LONG), bot);

        // then
        assertThat(read.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(read.sceneDescription()).isEmpty();
    }

    @Test
    void areRememberedForAWhileAndThenReadAgain() throws SQLException {
        // given
        var bot = database.bot("Nova", "{}");
        var remembering = bots(LONG);
        var forgetting = bots(Duration.ofNanos(1));
        read(remembering, bot);
        read(forgetting, bot);

        // when
        database.run("update chat.bots set name = 'Stella' where bot_id = ?", bot);

        // then
        assertThat(read(remembering, bot).name()).isEqualTo("Nova");
        assertThat(read(forgetting, bot).name()).isEqualTo("Stella");
    }

    @Test
    void areReadEvenWhenTheyAreDeleted() throws SQLException {
        // given
        var bot = database.bot("Nova", "{}");

        // when
        database.run("update chat.bots set deleted_at = now() where bot_id = ?", bot);

        // then
        assertThat(read(bots(LONG), bot).name()).isEqualTo("Nova");
        assertThat(bots(LONG).of(UUID.randomUUID()).blockOptional(PATIENCE)).isEmpty();
    }
}
