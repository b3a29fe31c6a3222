package dev.orrery.prompt.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class PostgresGreetingsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static PromptDatabase database;
    private static UUID bot;

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
        bot = database.bot("Nova", "{}");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static UUID session(String greeting) throws SQLException {
        var session = database.session(database.person("{}"), bot);
        database.run(
                "update chat.sessions set greeting = nullif(?, '') where session_id = ?",
                greeting,
                session);
        return session;
    }

    private static String of(Greetings greetings, UUID session) {
        return greetings.of(session).blockOptional(PATIENCE).orElseThrow();
    }

    @Test
    void areTheWordsThatTheSessionBeganWith() throws SQLException {
        // given
        var greetings = new PostgresGreetings(database.asWorker(), PATIENCE);

        // then
        assertThat(of(greetings, session("Namaste!"))).isEqualTo("Namaste!");
        assertThat(of(greetings, session(""))).isEmpty();
        assertThat(of(greetings, UUID.randomUUID())).isEmpty();
    }

    @Test
    void areReadOnceForASession() throws SQLException {
        // given
        var pool = database.newPool();
        var greetings = new PostgresGreetings(DatabaseClient.create(pool), PATIENCE);
        var greeted = session("Namaste!");
        var silent = session("");
        of(greetings, greeted);
        of(greetings, silent);
        pool.dispose();

        // when
        var again = of(greetings, greeted) + "/" + of(greetings, silent);

        // then
        assertThat(again).isEqualTo("Namaste!/");
    }

    @Test
    void mayBeReadLaterWhileTheDatabaseIsAway() {
        // given
        var greetings = new PostgresGreetings(PromptDatabase.away(), PATIENCE);

        // then
        assertThatThrownBy(() -> of(greetings, UUID.randomUUID()))
                .isInstanceOf(StageFailure.Transient.class);
    }
}
