package dev.orrery.prompt.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.prompt.PromptDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresProfilesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static PromptDatabase database;
    private static Profiles profiles;

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
        profiles = new PostgresProfiles(database.asWorker(), PATIENCE);
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static Profile read(String user, int version) {
        return Objects.requireNonNull(profiles.of(user, version).block(PATIENCE));
    }

    @Test
    void areReadInTheVersionThatIsAskedFor() throws SQLException {
        // given
        var user = database.person("{\"name\": \"Asha\"}");
        database.profile(user, 2, "{\"name\": \"Asha Rao\", \"height\": 1.50}");

        // then
        assertThat(read(user, 1).text("name")).isEqualTo("Asha");
        assertThat(read(user, 2).text("name")).isEqualTo("Asha Rao");
        assertThat(read(user, 2).text("height")).isEqualTo("1.50");
        assertThat(read(user, 2).text("gender")).isEmpty();
    }

    @Test
    void areEmptyOfThoseWhoHaveSaidNothingOrAreGone() throws SQLException {
        // given
        var user = database.person("{\"name\": \"Asha\"}");
        database.run("delete from chat.users where user_id = ?", user);

        // then
        assertThat(read(user, 0)).isEqualTo(Profile.EMPTY);
        assertThat(read(user, 1)).isEqualTo(Profile.EMPTY);
    }
}
