package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.ManualClock;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.events.CacheLayer;
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
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/**
 * On real Redis and PostgreSQL. Each replica has a memory of its own, as in a process of its own;
 * each test asks a question of its own.
 */
class FactCacheTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration LAYER_LIMIT = Duration.ofSeconds(2);
    private static final Duration MAX_STALE = Duration.ofDays(2);

    private static FactsDatabase database;
    private static Redis redis;

    private final ManualClock clock = new ManualClock(NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Key key = Key.of("note", 1, UUID.randomUUID().toString());
    private final NoteService service = new NoteService("hello", NOW.plus(HOUR));

    @BeforeAll
    static void start() {
        database = new FactsDatabase();
        redis = new Redis(SharedServers.redis().url(), LAYER_LIMIT);
        redis.ask(commands -> commands.ping()).block();
    }

    @AfterAll
    static void stop() throws SQLException {
        redis.close();
        database.close();
    }

    @Test
    void keepsWhatItFetchedInEveryLayer() throws SQLException {
        // given
        var replica = replica();

        // when
        var found = find(replica);

        // then
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(found.fetchedAt()).isEqualTo(NOW);
        assertThat(find(replica).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(isInRedis()).isTrue();
        assertThat(database.facts(key.question())).isEqualTo(1);
    }

    @Test
    void fillsOnlyTheInstanceFromRedis() throws SQLException {
        // given
        find(replica());
        database.run("delete from enrichment.facts where question = ?", key.question());
        var another = replica();

        // when
        var found = find(another);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.REDIS);
        assertThat(find(another).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(database.facts(key.question())).isZero();
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void fillsRedisAndTheInstanceFromTheDatabase() {
        // given
        find(replica());
        forgetInRedis();
        var another = replica();

        // when
        var found = find(another);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.DATABASE);
        assertThat(found.document()).isEqualTo(new Note("hello", NOW.plus(HOUR)));
        assertThat(find(another).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(find(replica()).layer()).isEqualTo(CacheLayer.REDIS);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void looksThroughTheLayersInOrderAndNoFurtherThanItMust() {
        // given
        var replica = replica();
        find(replica);

        // when
        find(replica);

        // then
        assertThat(lookUps("instance", "miss")).isEqualTo(1);
        assertThat(lookUps("redis", "miss")).isEqualTo(1);
        assertThat(lookUps("database", "miss")).isEqualTo(1);
        assertThat(lookUps("instance", "hit")).isEqualTo(1);
        assertThat(lookUps("redis", "hit") + lookUps("database", "hit")).isZero();
    }

    @Test
    void asksOnceForAHundredEqualQuestionsInTwoReplicas() {
        // given
        var replicas = List.of(replica(), replica());
        service.takes(Duration.ofMillis(300));

        // when
        var found =
                Flux.range(0, 100)
                        .flatMap(i -> replicas.get(i % 2).find(key, service.fetch()), 100)
                        .collectList()
                        .block(PATIENCE);

        // then
        assertThat(found).hasSize(100).allSatisfy(each -> assertThat(each.fresh()).isTrue());
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void doesNotWaitForeverForAReplicaThatDied() {
        // given
        var lock = new RedisFetchLock(redis, Duration.ofMinutes(1));
        lock.take(key, "somebody who died").block();
        var impatient = replica(PATIENCE, Duration.ofMillis(300), LONG);

        // when
        var found = find(impatient);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(lock.take(key, "another").block()).isFalse(); // still the dead one's
    }

    @Test
    void givesTheLockBackWhenItHasFetched() {
        // given
        find(replica());

        // when
        var taken = new RedisFetchLock(redis, PATIENCE).take(key, "another").block();

        // then
        assertThat(taken).isTrue();
    }

    @Test
    void takesGarbageInRedisForNothing() {
        // given
        find(replica());
        redis.ask(commands -> commands.set(key.name(), "{\"text\":\"lie\"}".getBytes())).block();

        // when
        var found = find(replica());

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.DATABASE);
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(lookUps("redis", "garbage")).isEqualTo(1);
        assertThat(find(replica()).layer()).isEqualTo(CacheLayer.REDIS); // and is mended
    }

    @Test
    void takesADocumentThatLacksSomethingForNothing() throws SQLException {
        // given
        find(replica());
        forgetInRedis();
        database.run(
                "update enrichment.facts set document = '{}' where question = ?", key.question());

        // when
        var found = find(replica());

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(found.document().text()).isEqualTo("hello");
    }

    @Test
    void passesOverADatabaseThatIsAway() {
        // given
        var replica = replica(FactsDatabase.away(), PATIENCE, LONG, LONG);

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(find(replica).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(isInRedis()).isTrue();
    }

    @Test
    void asksAgainWhenTheAnswerIsOver() {
        // given
        var replica = replica();
        find(replica);
        clock.goOn(HOUR);
        service.answers("later", clock.instant().plus(HOUR));

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(found.document().text()).isEqualTo("later");
        assertThat(find(replica()).document().text()).isEqualTo("later");
    }

    @Test
    void usesAStaleAnswerWhenTheSourceFails() {
        // given
        find(replica());
        clock.goOn(HOUR.plusMinutes(1));
        service.fails(new SourceFailure.Failing(500));
        var another = replica();

        // when
        var found = find(another);

        // then
        assertThat(found.fresh()).isFalse();
        assertThat(found.document().text()).isEqualTo("hello");
        assertThat(found.fetchedAt()).isEqualTo(NOW);
        assertThat(found.layer()).isEqualTo(CacheLayer.REDIS);
    }

    @Test
    void usesNoAnswerThatIsTooOld() {
        // given
        find(replica());
        clock.goOn(HOUR.plus(MAX_STALE).plusMillis(1));
        service.fails(new SourceFailure.Failing(500));

        // when
        var asking = service.calls();
        Runnable find = () -> find(replica());

        // then
        assertThatThrownBy(find::run).isInstanceOf(SourceFailure.Failing.class);
        assertThat(service.calls()).isEqualTo(asking + 1);
    }

    @Test
    void remembersAFailureForAWhile() {
        // given
        var replica = replica();
        service.fails(new SourceFailure.InvalidAnswer("something"));
        assertThatThrownBy(() -> find(replica)).isInstanceOf(SourceFailure.InvalidAnswer.class);
        service.answers("hello again", NOW.plus(HOUR));

        // when
        Runnable again = () -> find(replica);

        // then
        assertThatThrownBy(again::run).isInstanceOf(SourceFailure.InvalidAnswer.class);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void asksAgainWhenAFailureIsForgotten() {
        // given
        var forgetful = replica(PATIENCE, LONG, Duration.ofMillis(50));
        service.fails(new SourceFailure.InvalidAnswer("something"));
        assertThatThrownBy(() -> find(forgetful)).isInstanceOf(SourceFailure.InvalidAnswer.class);

        // when
        service.answers("hello again", NOW.plus(HOUR));

        // then
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(find(forgetful).document().text()).isEqualTo("hello again"));
        assertThat(service.calls()).isEqualTo(2);
    }

    @Test
    void finishesAFetchWhoseAskersHaveLeft() {
        // given
        var replica = replica();
        var release = service.holdBack();
        var asker = replica.find(key, service.fetch()).subscribe();
        await().until(() -> service.calls() == 1);

        // when
        asker.dispose();

        // then
        release.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(isInRedis()).isTrue());
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void losesPatienceWithASourceThatDoesNotAnswer() {
        // given
        service.holdBack();
        var impatient = replica(Duration.ofMillis(100), LONG, LONG);

        // when
        Runnable find = () -> find(impatient);

        // then
        assertThatThrownBy(find::run)
                .isInstanceOfSatisfying(
                        SourceFailure.TimedOut.class,
                        failure -> assertThat(failure.code()).isEqualTo("timed_out"));
    }

    @Test
    void keepsAnAnswerForAMinuteThoughItIsOverAsItComes() {
        // given
        var replica = replica();
        service.answers("yesterday", NOW.minus(HOUR));
        find(replica);

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(found.freshUntil()).isEqualTo(NOW.plusSeconds(60));
    }

    private Found<Note> find(FactCache<Note> cache) {
        return cache.find(key, service.fetch()).blockOptional(PATIENCE).orElseThrow();
    }

    private FactCache<Note> replica() {
        return replica(PATIENCE, LONG, LONG);
    }

    private FactCache<Note> replica(
            Duration patience, Duration longestWait, Duration failureMemory) {
        return replica(database.asWorker(), patience, longestWait, failureMemory);
    }

    /** The limits of layers are generous where a slow machine must not make a miss of a hit. */
    private FactCache<Note> replica(
            DatabaseClient client,
            Duration patience,
            Duration longestWait,
            Duration failureMemory) {
        var settings =
                new CacheSettings(
                        DataSize.ofMegabytes(1),
                        LONG,
                        LAYER_LIMIT,
                        LAYER_LIMIT,
                        longestWait,
                        failureMemory);
        return new FactCaches(settings, redis, client, clock, meters)
                .of(Note.class, new SourceLimits(patience, MAX_STALE));
    }

    private boolean isInRedis() {
        return redis.ask(commands -> commands.exists(key.name())).blockOptional().orElseThrow()
                == 1;
    }

    private void forgetInRedis() {
        redis.ask(commands -> commands.del(key.name())).block();
    }

    private long lookUps(String layer, String result) {
        return meters
                .find("orrery.enrichment.layer")
                .tags("layer", layer, "operation", "find", "result", result)
                .timers()
                .stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
