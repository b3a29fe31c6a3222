package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.FactsDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseLayerTest {

    private static final Instant FETCHED = Instant.parse("2026-07-16T10:00:00Z");

    private static FactsDatabase database;

    private final Key key = Key.of("note", 1, () -> "note " + UUID.randomUUID());
    private DatabaseLayer layer;

    @BeforeAll
    static void start() {
        database = new FactsDatabase();
    }

    @BeforeEach
    void open() {
        layer = new DatabaseLayer(database.asWorker(), Duration.ofSeconds(5));
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @Test
    void findsWhatItKept() {
        // given
        layer.keep(key, stored("one", FETCHED)).block();

        // when
        var found = layer.find(key).block();

        // then
        assertThat(found).isEqualTo(stored("one", FETCHED));
    }

    @Test
    void remembersThatSomethingIsFreshForEver() {
        // given
        layer.keep(key, new Stored("{}", FETCHED, null)).block();

        // when
        var found = layer.find(key).block();

        // then
        assertThat(found).isEqualTo(new Stored("{}", FETCHED, null));
    }

    @Test
    void replacesWhatIsOlder() {
        // given
        layer.keep(key, stored("older", FETCHED)).block();

        // when
        layer.keep(key, stored("newer", FETCHED.plusSeconds(1))).block();

        // then
        assertThat(layer.find(key).block()).isEqualTo(stored("newer", FETCHED.plusSeconds(1)));
    }

    @Test
    void keepsWhatAnotherReplicaLearnedLater() {
        // given
        layer.keep(key, stored("newer", FETCHED.plusSeconds(1))).block();

        // when
        layer.keep(key, stored("older", FETCHED)).block();

        // then
        assertThat(layer.find(key).block()).isEqualTo(stored("newer", FETCHED.plusSeconds(1)));
    }

    private static Stored stored(String text, Instant fetchedAt) {
        return new Stored("{\"text\": \"" + text + "\"}", fetchedAt, fetchedAt.plusSeconds(60));
    }
}
