package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.ManualClock;
import dev.orrery.enrichment.OwnRedis;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.events.CacheLayer;
import dev.orrery.pipeline.redis.Redis;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** What nobody notices: a Redis that is emptied, stopped, or does not answer. */
class RedisComesAndGoesTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REDIS_LIMIT = Duration.ofMillis(50);

    private static FactsDatabase database;

    @TempDir private Path directory;
    private OwnRedis server;
    private Redis redis;
    private final Key key = Key.of("note", 1, () -> "note " + UUID.randomUUID());
    private final NoteService service = new NoteService("hello", NOW.plusSeconds(3600));

    @BeforeAll
    static void migrate() {
        database = new FactsDatabase();
    }

    @AfterAll
    static void forget() throws SQLException {
        database.close();
    }

    @BeforeEach
    void start() {
        server = new OwnRedis(directory);
        redis = new Redis(server.url(), REDIS_LIMIT);
        awaitRedis();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void findsEverythingInTheDatabaseWhenRedisWasEmptied() {
        // given
        find(replica());
        redis.ask(commands -> commands.flushall()).block();

        // when
        var found = find(replica());

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.DATABASE);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void findsEverythingInTheDatabaseWhileRedisIsAwayAndInRedisWhenItIsBack() {
        // given
        find(replica());
        server.stop();

        // when
        var meanwhile = find(replica());

        // then
        assertThat(meanwhile.layer()).isEqualTo(CacheLayer.DATABASE);
        server.start();
        awaitRedis();
        assertThat(find(replica()).layer()).isEqualTo(CacheLayer.DATABASE); // which fills Redis
        await().untilAsserted(
                        () -> assertThat(find(replica()).layer()).isEqualTo(CacheLayer.REDIS));
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void fetchesWhileRedisIsAwayAlthoughNobodyKeepsLocks() {
        // given
        server.stop();

        // when
        var found = find(replica());

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        server.start(); // for the end of the test
    }

    @Test
    void givesUpAConnectionThatNoLongerAnswers() {
        // given
        find(replica());
        var before = redis.ask(commands -> commands.clientId()).block();
        var operator = RedisClient.create(server.url());
        try (var connection = operator.connect()) {
            connection.sync().clientPause(3_000);

            // when
            var meanwhile = find(replica());

            // then
            assertThat(meanwhile.layer()).isEqualTo(CacheLayer.DATABASE);
            Flux.range(0, 30)
                    .flatMap(i -> redis.ask(commands -> commands.ping()).onErrorComplete())
                    .blockLast();
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(redis.ask(commands -> commands.clientId()).block())
                                    .isNotNull()
                                    .isNotEqualTo(before));
        } finally {
            operator.shutdown(Duration.ZERO, PATIENCE);
        }
    }

    /** A connection takes longer than a command may. */
    private void awaitRedis() {
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(redis.ask(commands -> commands.ping()).block())
                                .isEqualTo("PONG"));
    }

    private Found<Note> find(FactCache<Note> cache) {
        return cache.find(key, service.fetch()).blockOptional(PATIENCE).orElseThrow();
    }

    private FactCache<Note> replica() {
        var settings =
                new CacheSettings(
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(10),
                        REDIS_LIMIT,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30));
        return new FactCaches(
                        settings,
                        redis,
                        database.asWorker(),
                        new ManualClock(NOW),
                        new SimpleMeterRegistry())
                .of(Note.class, SourceLimits.strict(PATIENCE, Duration.ofDays(1)));
    }
}
