package dev.orrery.enrichment.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.FactsDatabase;
import dev.orrery.enrichment.ManualClock;
import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.chartapi.ChartServer;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.enrichment.rates.RatesSettings;
import dev.orrery.enrichment.rates.RatesSource;
import dev.orrery.enrichment.weather.WeatherSettings;
import dev.orrery.enrichment.weather.WeatherSource;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.profiles.PostgresProfiles;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** On real Redis and PostgreSQL, with computed charts, simulated weather and rates. */
class EraserTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private static FactsDatabase database;
    private static Redis redis;
    private static Simulator simulator;

    /** Minutes of birth are different in every test, so that none finds another's chart. */
    private static int minute;

    private final String user = "user-" + UUID.randomUUID();
    private final String document =
            """
            {"birth": {"date": "1995-08-21", "time": "06:%02d", "latitude": 18.5204, "longitude": 73.8567,
              "utc_offset": 5.5},
             "place": {"latitude": 18.52, "longitude": 73.86}, "country": "IN",
             "second": {"birth": {"date": "1988-01-02", "time": "04:%02d", "latitude": 59.9127, "longitude": 10.7461,
              "utc_offset": 1}}}
            """
                    .formatted(minute, minute++);

    @BeforeAll
    static void start() {
        database = new FactsDatabase();
        simulator = Simulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
        redis = new Redis(SharedServers.redis().url(), Duration.ofSeconds(2));
        redis.ask(commands -> commands.ping()).block();
    }

    @AfterAll
    static void stop() throws SQLException {
        redis.close();
        simulator.close();
        database.close();
    }

    /** A worker of which nothing runs but what is called. */
    private static final class Replica {

        final FactCaches caches;
        final Facts facts;
        final PostgresProfiles profiles = new PostgresProfiles(database.asWorker(), LIMIT);
        final Eraser eraser;

        Replica() {
            var clock = new ManualClock(NOW);
            var meters = new SimpleMeterRegistry();
            var cache =
                    new CacheSettings(
                            DataSize.ofMegabytes(1),
                            LIFETIME,
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(30));
            caches = new FactCaches(cache, redis, database.asWorker(), clock, meters);
            var http = new HttpSettings(1, 1, LIMIT, DataSize.ofMegabytes(1));
            var astrology =
                    new AstrologySettings(
                            null, "", "", PlainHttp.REFUSED, LIMIT, Duration.ofDays(30), 2, http);
            var source = new BirthChartSource(astrology, ChartServer.CALCULATOR, clock, meters);
            var weather =
                    new WeatherSource(
                            new WeatherSettings(
                                    URI.create(simulator.url("weather")),
                                    PlainHttp.REFUSED,
                                    LIMIT,
                                    Duration.ofMinutes(15),
                                    Duration.ofHours(3),
                                    http),
                            clock,
                            meters);
            var rates =
                    new RatesSource(
                            new RatesSettings(
                                    URI.create(simulator.url("exchange-rates")),
                                    PlainHttp.REFUSED,
                                    List.of("EUR", "USD"),
                                    LIMIT,
                                    Duration.ofHours(6),
                                    Duration.ofDays(7),
                                    http),
                            clock,
                            meters);
            facts =
                    Facts.of(
                            List.of(source, source.ofSecondProfile(), weather, rates),
                            caches,
                            meters);
            eraser = new Eraser(database.asWorker(), profiles, facts, caches, LIFETIME);
        }

        List<CacheLayer> layers(Profile profile) {
            return layers(profile, "birth_chart", "second_birth_chart");
        }

        List<CacheLayer> layers(Profile profile, String... kinds) {
            return facts
                    .gather(Arrays.stream(kinds).map(Replica::wanted).toList(), profile, NOW, LIMIT)
                    .blockOptional()
                    .orElseThrow()
                    .stream()
                    .map(Fact::getLayer)
                    .toList();
        }

        private static WantedFact wanted(String kind) {
            return WantedFact.newBuilder().setKind(kind).setFormat("json").build();
        }
    }

    @Test
    void forgetsBothChartsInEveryLayerOfEveryReplica() throws SQLException {
        // given
        var one = new Replica();
        var other = new Replica();
        one.layers(profile());
        other.layers(profile());
        assertThat(other.layers(profile())).containsOnly(CacheLayer.INSTANCE);
        erase();

        // when
        Mono.when(one.eraser.round(), other.eraser.round()).block(LIMIT);

        // then
        assertThat(one.layers(profile())).containsOnly(CacheLayer.API);
        assertThat(rows()).as("other replicas may come later").isEqualTo(1);
        Mono.when(one.eraser.round(), other.eraser.round()).block(LIMIT);
        assertThat(other.layers(profile())).containsOnly(CacheLayer.API);
    }

    @Test
    void leavesWhatOthersShare() throws SQLException {
        // given
        var replica = new Replica();
        replica.layers(profile());
        replica.layers(profile(), "weather", "exchange_rates");
        erase();

        // when
        replica.eraser.round().block(LIMIT);

        // then
        assertThat(replica.layers(profile(), "weather", "exchange_rates"))
                .containsOnly(CacheLayer.INSTANCE);
        assertThat(replica.layers(profile())).containsOnly(CacheLayer.API);
    }

    @Test
    void forgetsTheProfileThatWasRead() throws SQLException {
        // given
        var replica = new Replica();
        database.profile(user, 1, document);
        replica.profiles.of(user, 1).block(LIMIT);
        database.run("delete from chat.profiles where user_id = ?", user);
        erase();

        // when
        replica.eraser.round().block(LIMIT);

        // then
        assertThat(replica.profiles.of(user, 1).block(LIMIT)).isSameAs(Profile.EMPTY);
    }

    @Test
    void deletesTheLastCopyWhenNoCacheCanHoldAnything() throws SQLException {
        // given
        var replica = new Replica();
        erase();
        replica.eraser.round().block(LIMIT);
        assertThat(rows()).isEqualTo(1);
        database.run(
                "update chat.erasures set erased_at = now() - interval '16 minutes' where user_id = ?",
                user);

        // when
        replica.eraser.round().block(LIMIT);

        // then
        assertThat(rows()).isZero();
    }

    @Test
    void keepsTheRowsWhileTheAnswersCannotBeForgotten() throws SQLException {
        // given
        erase();
        var away =
                new Eraser(
                        FactsDatabase.away(),
                        new PostgresProfiles(database.asWorker(), LIMIT),
                        new Replica().facts,
                        new Replica().caches,
                        LIFETIME);

        // when
        away.round().block(LIMIT);

        // then
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAProfileThatSaysNothing() throws SQLException {
        // given
        var replica = new Replica();
        replica.layers(profile());
        database.run(
                """
                insert into chat.erasures (user_id, version, document, erased_at)
                values (?, 1, '{"birth": "x", "second": []}', now() - interval '1 minute')
                """,
                "odd-" + user);
        erase();

        // when
        replica.eraser.round().block(LIMIT);

        // then
        assertThat(replica.layers(profile())).containsOnly(CacheLayer.API);
    }

    private Profile profile() {
        return new Profile(JsonMapper.shared().readTree(document));
    }

    private void erase() throws SQLException {
        database.run(
                "insert into chat.erasures (user_id, version, document) values (?, 1, ?::jsonb)",
                user,
                document);
    }

    private int rows() throws SQLException {
        return database.count("select count(*) from chat.erasures where user_id = ?", user);
    }
}
