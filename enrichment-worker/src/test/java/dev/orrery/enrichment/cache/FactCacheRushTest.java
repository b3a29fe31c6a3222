package dev.orrery.enrichment.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.source.SourceFailure;
import dev.orrery.events.CacheLayer;
import dev.orrery.pipeline.redis.Redis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many who want to know the same at the same time, with each layer there or away. */
class FactCacheRushTest extends AskedNote {

    private static final int RUSH = 1_000;

    @Test
    void asksOnceForAThousandEqualQuestionsInTwoReplicas() {
        // given
        var both = List.of(replica(), replica());
        service.takes(Duration.ofMillis(300));

        // when
        var found = rush(both);

        // then
        assertThat(found).hasSize(RUSH).allSatisfy(each -> assertThat(each.fresh()).isTrue());
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void answersAThousandWhileTheDatabaseIsAway() {
        // given
        var both =
                List.of(
                        replicas.without(FactsDatabase.away(), clock, meters),
                        replicas.without(FactsDatabase.away(), clock, meters));
        service.takes(Duration.ofMillis(300));

        // when
        var found = rush(both);

        // then
        assertThat(found).hasSize(RUSH);
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void answersAThousandWhileRedisIsAwayWithOneCallOfEachReplica() {
        // given
        try (var nowhere = new Redis("redis://127.0.0.1:1", Duration.ofMillis(50))) {
            var both = List.of(withRedis(nowhere), withRedis(nowhere));
            service.takes(Duration.ofMillis(300));

            // when
            var found = rush(both);

            // then
            assertThat(found).hasSize(RUSH);
            assertThat(service.calls()).isBetween(1, 2);
        }
    }

    @Test
    void answersAThousandWhileTheDatabaseSaysNothing() throws IOException {
        // given: connections stand, and nothing comes of them
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var impatient = Temper.USUAL.settings(Duration.ofMillis(200));
            var caches =
                    new FactCaches(
                            impatient,
                            replicas.redis(),
                            FactsDatabase.at(mute.getLocalPort()),
                            clock,
                            meters);
            var replica = caches.of(Note.class, Temper.USUAL.limits());

            // when
            var found = rush(List.of(replica));

            // then
            assertThat(found).hasSize(RUSH);
            assertThat(service.calls()).isEqualTo(1);
        }
    }

    @Test
    void asksAServiceThatFailsOnceForAThousand() {
        // given
        var replica = replica();
        service.fails(new SourceFailure.Failing(500));
        service.takes(Duration.ofMillis(300));

        // when
        var codes =
                Flux.range(0, RUSH)
                        .flatMap(
                                i ->
                                        replica.find(key, service.fetch())
                                                .map(found -> "found")
                                                .onErrorResume(
                                                        SourceFailure.class,
                                                        failure -> Mono.just(failure.code())),
                                RUSH)
                        .collectList()
                        .blockOptional(PATIENCE)
                        .orElseThrow();

        // then
        assertThat(codes).hasSize(RUSH).containsOnly("failing");
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void answersAThousandAlthoughNoProcessRemembersAnything() {
        // given: every question comes to a process that was just started
        find(replica());

        // when
        var found =
                Flux.range(0, RUSH)
                        .flatMap(i -> replica().find(key, service.fetch()), 100)
                        .collectList()
                        .block(PATIENCE);

        // then
        assertThat(found)
                .hasSize(RUSH)
                .allSatisfy(each -> assertThat(each.layer()).isEqualTo(CacheLayer.REDIS));
        assertThat(service.calls()).isEqualTo(1);
    }

    @Test
    void fetchesOnceThoughTheLockIsTakenRightAfterAnotherHasFetched() {
        // given: what another replica fetched while this one was on its way to the lock
        var stored = new Found<>(new Note("theirs", NOW), NOW, null, CacheLayer.REDIS, true);
        var lock = new RedisFetchLock(replicas.redis(), PATIENCE);
        var one = new OneReplica(lock, Duration.ZERO);

        // when
        var found =
                one.fetch(
                                key,
                                service.fetch()
                                        .map(note ->
                                                new Found<>(note, NOW, null, CacheLayer.API, true)),
                                Mono.just(stored))
                        .block(PATIENCE);

        // then
        assertThat(found).isEqualTo(stored);
        assertThat(service.calls()).isZero();
    }

    @Test
    void doesNotWaitForeverForAReplicaThatDied() {
        // given
        var lock = new RedisFetchLock(replicas.redis(), Duration.ofMinutes(1));
        lock.take(key, "somebody who died").block();
        var impatient = replica(Temper.USUAL.withLongestWait(Duration.ofMillis(300)));

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
        var taken = new RedisFetchLock(replicas.redis(), PATIENCE).take(key, "another").block();

        // then
        assertThat(taken).isTrue();
    }

    private FactCache<Note> withRedis(Redis other) {
        return Replicas.caches(Temper.USUAL, other, replicas.database().asWorker(), clock, meters)
                .of(Note.class, Temper.USUAL.limits());
    }

    private List<Found<Note>> rush(List<FactCache<Note>> caches) {
        return Flux.range(0, RUSH)
                .flatMap(i -> caches.get(i % caches.size()).find(key, service.fetch()), RUSH)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }
}
