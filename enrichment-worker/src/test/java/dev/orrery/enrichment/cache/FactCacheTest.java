package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.events.CacheLayer;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept where, and found again. Each test asks a question of its own. */
class FactCacheTest extends AskedNote {

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
        assertThat(replicas.database().facts(key.question())).isEqualTo(1);
    }

    @Test
    void fillsOnlyTheInstanceFromRedis() throws SQLException {
        // given
        find(replica());
        replicas.database().run("delete from enrichment.facts where question = ?", key.question());
        var another = replica();

        // when
        var found = find(another);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.REDIS);
        assertThat(find(another).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(replicas.database().facts(key.question())).isZero();
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
        assertThat(lookUps("instance", "miss")).as("and once more with the lock").isEqualTo(2);
        assertThat(lookUps("redis", "miss")).isEqualTo(2);
        assertThat(lookUps("database", "miss")).isEqualTo(2);
        assertThat(lookUps("instance", "hit")).isEqualTo(1);
        assertThat(lookUps("redis", "hit") + lookUps("database", "hit")).isZero();
    }

    @Test
    void takesGarbageInRedisForNothing() {
        // given
        find(replica());
        replicas.redis()
                .ask(commands -> commands.set(key.name(), "{\"text\":\"lie\"}".getBytes()))
                .block();

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
        replicas.database()
                .run(
                        "update enrichment.facts set document = '{}' where question = ?",
                        key.question());

        // when
        var found = find(replica());

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(found.document().text()).isEqualTo("hello");
    }

    @Test
    void passesOverADatabaseThatIsAway() {
        // given
        var replica = replicas.without(FactsDatabase.away(), clock, meters);

        // when
        var found = find(replica);

        // then
        assertThat(found.layer()).isEqualTo(CacheLayer.API);
        assertThat(find(replica).layer()).isEqualTo(CacheLayer.INSTANCE);
        assertThat(isInRedis()).isTrue();
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
    void forgetsAnswersInEveryLayerAndNobodyElses() throws SQLException {
        // given
        var caches =
                Replicas.caches(
                        Temper.USUAL,
                        replicas.redis(),
                        replicas.database().asWorker(),
                        clock,
                        meters);
        var replica = caches.of(Note.class, Temper.USUAL.limits());
        var others = Key.of("note", 1, () -> "somebody else's " + key);
        find(replica);
        replica.find(others, service.fetch()).block(PATIENCE);

        // when
        caches.forget(List.of(key)).block(PATIENCE);

        // then
        assertThat(isInRedis()).isFalse();
        assertThat(replicas.database().facts(key.question())).isZero();
        assertThat(find(replica).layer()).isEqualTo(CacheLayer.API);
        var kept = replica.find(others, service.fetch()).blockOptional(PATIENCE).orElseThrow();
        assertThat(kept.layer()).isEqualTo(CacheLayer.INSTANCE);
    }

    @Test
    void forgetsWhatAnEarlierVersionKeptOfTheSamePerson() throws SQLException {
        // given
        var earlier = new Key("note", 0, "of an earlier version " + key, key.subject());
        replica().find(earlier, service.fetch()).block(PATIENCE);
        var caches =
                Replicas.caches(
                        Temper.USUAL,
                        replicas.redis(),
                        replicas.database().asWorker(),
                        clock,
                        meters);

        // when
        caches.forget(List.of(key)).block(PATIENCE);

        // then
        assertThat(replicas.database().facts(earlier.question())).isZero();
    }

    @Test
    void doesNotPassOverAnAnswerThatItCouldNotForgetForGood() {
        // given
        var caches =
                Replicas.caches(
                        Temper.USUAL, replicas.redis(), FactsDatabase.away(), clock, meters);

        // when
        Runnable forget = () -> caches.forget(List.of(key)).block(PATIENCE);

        // then
        assertThatThrownBy(forget::run).isInstanceOf(Exception.class);
    }

    private boolean isInRedis() {
        return replicas.redis()
                        .ask(commands -> commands.exists(key.name()))
                        .blockOptional()
                        .orElseThrow()
                == 1;
    }

    private void forgetInRedis() {
        replicas.redis().ask(commands -> commands.del(key.name())).block();
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
