package dev.orrery.prompt.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.prompt.PromptDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class PostgresMemoriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    private static PromptDatabase database;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void open() throws SQLException {
        database = new PromptDatabase();
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private Memories memories(Duration freshness) {
        return new PostgresMemories(database.asWorker(), PATIENCE, freshness, meters);
    }

    private static List<String> read(Memories memories, String user, Instant upTo) {
        return memories.of(user, upTo).blockOptional(PATIENCE).orElseThrow();
    }

    private static void remember(String user, String text, Instant at) throws SQLException {
        database.run(
                """
                insert into chat.memories (memory_id, user_id, text, origin, created_at)
                values (?, ?, ?, 'user', ?::timestamptz)
                """,
                UUID.randomUUID(),
                user,
                text,
                at.toString());
    }

    @Test
    void areTheUsersOwnUpToTheTurnOldestFirst() throws SQLException {
        // given
        var asha = database.person("{}");
        remember(asha, "second", NOON.minusSeconds(10));
        remember(asha, "first", NOON.minusSeconds(20));
        remember(asha, "later", NOON.plusMillis(1));
        remember(database.person("{}"), "another's", NOON.minusSeconds(10));

        // when
        var read = read(memories(LONG), asha, NOON);

        // then
        assertThat(read).containsExactly("first", "second");
    }

    @Test
    void areTheNewestHundred() throws SQLException {
        // given
        var asha = database.person("{}");
        for (int i = 0; i < 101; i++) {
            remember(asha, "no. " + i, NOON.minusSeconds(1_000 - i));
        }

        // when
        var read = read(memories(LONG), asha, NOON);

        // then
        assertThat(read).hasSize(100).startsWith("no. 1").endsWith("no. 100");
    }

    @Test
    void areRememberedForAWhileAndThenReadAgain() throws SQLException {
        // given
        var asha = database.person("{}");
        var remembering = memories(LONG);
        var forgetting = memories(Duration.ofNanos(1));
        read(remembering, asha, NOON);
        read(forgetting, asha, NOON);

        // when
        remember(asha, "new", NOON.minusSeconds(1));

        // then
        assertThat(read(remembering, asha, NOON)).isEmpty();
        assertThat(read(forgetting, asha, NOON)).containsExactly("new");
    }

    @Test
    void areNeverInTheWay() throws SQLException {
        // given
        var asha = database.person("{}");
        remember(asha, "tea", NOON.minusSeconds(1));
        var away = new PostgresMemories(PromptDatabase.away(), PATIENCE, LONG, meters);
        var pool = database.newPool();
        var hurried =
                new PostgresMemories(
                        DatabaseClient.create(pool), Duration.ofNanos(1), LONG, meters);

        // when
        var unread = List.of(read(away, asha, NOON), read(hurried, asha, NOON));

        // then
        pool.dispose();
        assertThat(unread).containsExactly(List.of(), List.of());
        assertThat(meters.counter("orrery.prompt.memories.unread").count()).isEqualTo(2);
    }
}
