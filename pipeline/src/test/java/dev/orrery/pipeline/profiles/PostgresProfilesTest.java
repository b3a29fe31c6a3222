package dev.orrery.pipeline.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.stage.StageFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresProfilesTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static ProfileDatabase database;

    private PostgresProfiles profiles;

    @BeforeAll
    static void start() throws SQLException {
        database = new ProfileDatabase();
        database.profile("asha", 1, "{\"name\": \"Asha\"}");
        database.profile("asha", 2, "{\"name\": \"Asha Rao\", \"height\": 1.70}");
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void open() {
        profiles = new PostgresProfiles(database.asWorker(), LIMIT);
    }

    @Test
    void readsTheVersionThatIsAskedFor() {
        // given both versions

        // when
        var first = profiles.of("asha", 1).blockOptional().orElseThrow();

        // then
        assertThat(first.document().path("name").asString()).isEqualTo("Asha");
        var second = profiles.of("asha", 2).blockOptional().orElseThrow();
        assertThat(second.document().path("name").asString()).isEqualTo("Asha Rao");
    }

    @Test
    void remembersAVersionBecauseItNeverChanges() throws SQLException {
        // given
        database.profile("ravi", 1, "{\"name\": \"Ravi\"}");
        profiles.of("ravi", 1).block();
        database.run("delete from chat.profiles where user_id = ?", "ravi");

        // when
        var remembered = profiles.of("ravi", 1).blockOptional().orElseThrow();

        // then
        assertThat(remembered.document().path("name").asString()).isEqualTo("Ravi");
    }

    @Test
    void forgetsInTheEndWhatIsReadAgainAndAgain() throws SQLException {
        // given
        database.profile("tara", 1, "{\"name\": \"Tara\"}");
        var now = new AtomicLong();
        var used = new PostgresProfiles(database.asWorker(), LIMIT, now::get);
        used.of("tara", 1).block();
        database.run("delete from chat.profiles where user_id = ?", "tara");

        // when
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        var remembered = used.of("tara", 1).block();
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        // then
        assertThat(remembered).isNotSameAs(Profile.EMPTY);
        assertThat(used.of("tara", 1).block()).isSameAs(Profile.EMPTY);
    }

    @Test
    void forgetsAUserWhoTookTheirProfileBack() throws SQLException {
        // given
        database.profile("mira", 1, "{\"name\": \"Mira\"}");
        profiles.of("mira", 1).block();
        profiles.of("asha", 1).block();
        database.run("delete from chat.profiles where user_id = ?", "mira");

        // when
        profiles.forget(Set.of("mira"));

        // then
        assertThat(profiles.of("mira", 1).block()).isSameAs(Profile.EMPTY);
        assertThat(profiles.of("asha", 1).blockOptional().orElseThrow()).isNotSameAs(Profile.EMPTY);
    }

    @Test
    void isEmptyForWhoeverHasSaidNothing() {
        // given nobody of these

        // when
        var none = profiles.of("asha", 0).block();

        // then
        assertThat(none).isSameAs(Profile.EMPTY);
        assertThat(profiles.of("asha", 3).block()).isSameAs(Profile.EMPTY);
        assertThat(profiles.of("nobody", 1).block()).isSameAs(Profile.EMPTY);
    }

    @Test
    void isTriedAgainWhileTheDatabaseIsAway() {
        // given
        var away = new PostgresProfiles(ProfileDatabase.away(), LIMIT);

        // when
        Runnable read = () -> away.of("asha", 1).block();

        // then
        assertThatThrownBy(read::run).isInstanceOf(StageFailure.Transient.class);
    }
}
