package dev.orrery.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.enrichment.birthchart.AstrologySettings;
import dev.orrery.enrichment.birthchart.BirthChartSource;
import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.chart.BirthMoment;
import dev.orrery.enrichment.chartapi.ChartServer;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.enrichment.http.HttpSettings;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.address.PlainHttp;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.profiles.PostgresProfiles;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.simulator.Simulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code ./orrery bench enrichment}: what the worker adds to a turn, on real Redis and PostgreSQL
 * and against a service that takes 50 ms. No test of the build: its name is none that the build
 * looks for.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnrichmentBenchmark {

    private static final int USERS = 10_000;
    private static final int WARM_UP_USERS = 500;
    private static final int MOST_AT_ONCE = 5_000;

    /** Just below a minute, so that the last one is served within it. */
    private static final Duration MINUTE = Duration.ofMillis(59_500);

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int HITS = 100_000;
    private static final double MEGABYTE = 1 << 20;
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Path TABLE = Path.of("target", "enrichment-benchmark.txt");

    private static Simulator simulator;
    private static FactsDatabase database;
    private static Redis redis;
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static EnrichmentFlow flow;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start(0);
        simulator.astrology().script("headers-after-50ms");
        database = new FactsDatabase();
        people();
        redis = new Redis(SharedServers.redis().url(), Duration.ofMillis(50));
        var clock = Clock.systemUTC();
        var cache =
                new CacheSettings(
                        DataSize.ofMegabytes(64),
                        Duration.ofMinutes(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30));
        var astrology =
                new AstrologySettings(
                        URI.create(simulator.url("astrology")),
                        "bench",
                        "bench",
                        PlainHttp.REFUSED,
                        Duration.ofSeconds(3),
                        Duration.ofDays(30),
                        2,
                        new HttpSettings(48, 1000, Duration.ofSeconds(2), DataSize.ofMegabytes(1)));
        var charts = new BirthChartSource(astrology, ChartServer.CALCULATOR, clock, METERS);
        var caches = new FactCaches(cache, redis, database.asWorker(), clock, METERS);
        var facts = Facts.of(List.of(charts), caches, METERS);
        var profiles = new PostgresProfiles(database.asWorker(), Duration.ofSeconds(2));
        flow = new EnrichmentFlow(profiles, facts, Duration.ofSeconds(5), clock);
        Files.writeString(TABLE, "");
    }

    /** Each was born at a moment and a place of their own. */
    private static void people() throws SQLException {
        database.run(
                "insert into chat.users (user_id, wallet_id) select 'user-' || i, gen_random_uuid() from generate_series(0, ?::int) i",
                Integer.toString(USERS + WARM_UP_USERS));
        database.run(
                """
                insert into chat.profiles (user_id, version, document)
                select 'user-' || i, 1, jsonb_build_object('birth', jsonb_build_object(
                         'date', '1990-01-01', 'time', to_char(time '00:00' + (i % 1440) * interval '1 minute', 'HH24:MI'),
                         'latitude', i / 1440, 'longitude', 77.2, 'utc_offset', 5.5))
                  from generate_series(0, ?::int) i
                """,
                Integer.toString(USERS + WARM_UP_USERS));
    }

    @AfterAll
    static void stop() throws SQLException {
        redis.close();
        database.close();
        simulator.close();
    }

    @Test
    @Order(1)
    void newUsersEveryMinute() throws IOException {
        // given
        block(arrivals(requests(USERS, USERS + WARM_UP_USERS), WARM_UP, new long[WARM_UP_USERS]));
        simulator.astrology().calls().forget();
        var requests = requests(0, USERS);
        var nanos = new long[requests.size()];
        long began = System.nanoTime();

        // when
        int served = block(arrivals(requests, MINUTE, nanos));

        // then
        double seconds = (System.nanoTime() - began) / 1e9;
        double aMinute = served * 60 / seconds;
        say(
                "10,000 distinct users per minute with a 50 ms API",
                "%s: %,.0f a minute, stage p50 %.1f ms, p99 %.1f ms, %,d of %,d with a chart, %,d calls"
                        .formatted(
                                aMinute >= USERS ? "sustained" : "not sustained",
                                aMinute,
                                millis(nanos, 0.5),
                                millis(nanos, 0.99),
                                served,
                                nanos.length,
                                simulator.astrology().calls().count()));
        assertThat(served).isEqualTo(nanos.length);
        assertThat(aMinute).isGreaterThanOrEqualTo(USERS);
    }

    @Test
    @Order(2)
    void aHitInTheMemoryOfTheProcess() throws IOException {
        // given
        var request = request(0);
        var nanos = new long[HITS];
        serve(request, new long[1], 0).repeat(30_000).blockLast();

        // when
        for (int i = 0; i < HITS; i++) {
            serve(request, nanos, i).block();
        }

        // then
        say(
                "warm instance hit, whole stage",
                "p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms (%,d turns, one after the other)"
                        .formatted(
                                millis(nanos, 0.5),
                                millis(nanos, 0.99),
                                millis(nanos, 0.999),
                                HITS));
        assertThat(millis(nanos, 0.99)).isLessThan(1);
    }

    @Test
    @Order(3)
    void aComputedChart() throws IOException {
        // given
        var nanos = new long[5_000];
        chartsInto(new long[nanos.length]);

        // when
        chartsInto(nanos);

        // then
        say(
                "computed chart",
                "p50 %.3f ms, p99 %.3f ms (%,d births, on one thread)"
                        .formatted(millis(nanos, 0.5), millis(nanos, 0.99), nanos.length));
    }

    private static void chartsInto(long[] nanos) {
        for (int i = 0; i < nanos.length; i++) {
            var local = LocalDateTime.of(1900, 1, 1, 0, 0).plusDays(14L * i).plusMinutes(i);
            long began = System.nanoTime();
            ChartServer.CALCULATOR.chart(new BirthMoment(local, ZoneOffset.UTC, i % 90, i % 180));
            nanos[i] = System.nanoTime() - began;
        }
    }

    @Test
    @Order(4)
    void memory() throws IOException {
        // given
        var runtime = Runtime.getRuntime();

        // when
        System.gc();

        // then
        say(
                "instance cache",
                "%,.0f charts, %.1f MB of at most %.0f MB"
                        .formatted(
                                memory("entries"),
                                memory("bytes") / MEGABYTE,
                                memory("bytes.max") / MEGABYTE));
        say(
                "heap",
                "%,.0f MB after a collection, simulator and test included (%,.0f MB allowed)"
                        .formatted(
                                (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE,
                                runtime.maxMemory() / MEGABYTE));
        assertThat(memory("bytes")).isPositive().isLessThanOrEqualTo(memory("bytes.max"));
    }

    private static double memory(String what) {
        return METERS.get("orrery.enrichment.memory." + what).gauge().value();
    }

    /** They come evenly, whether those before them have been served or not. */
    private static Mono<Integer> arrivals(
            List<Event<ChatRequested>> requests, Duration time, long[] nanos) {
        var served = new AtomicInteger();
        return Flux.interval(time.dividedBy(requests.size()))
                .onBackpressureBuffer()
                .map(Long::intValue)
                .take(requests.size())
                .flatMap(i -> serve(requests.get(i), nanos, i), MOST_AT_ONCE)
                .doOnNext(fresh -> served.addAndGet(fresh ? 1 : 0))
                .then(Mono.fromSupplier(served::get));
    }

    /** Made beforehand: random ids read a file, which has no place on a timer's thread. */
    private static List<Event<ChatRequested>> requests(int from, int to) {
        return IntStream.range(from, to).mapToObj(EnrichmentBenchmark::request).toList();
    }

    /** Whether the turn got a chart; notes how long it took. */
    private static Mono<Boolean> serve(Event<ChatRequested> request, long[] nanos, int index) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return flow.handle(request)
                    .last()
                    .map(event -> ((ContextAssembled) event.value()).getFacts().getFirst())
                    .doOnNext(fact -> nanos[index] = System.nanoTime() - began)
                    .map(fact -> fact.getState() == FactState.FRESH);
        });
    }

    private static Event<ChatRequested> request(int user) {
        return Requests.of("user-" + user, 1, Instant.now(), Requests.birthChart(false));
    }

    private static int block(Mono<Integer> served) {
        return served.blockOptional(LONGEST).orElseThrow();
    }

    private static double millis(long[] nanos, double quantile) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)] / 1e6;
    }

    private static void say(String what, String figures) throws IOException {
        Files.writeString(TABLE, "%-50s %s%n".formatted(what, figures), StandardOpenOption.APPEND);
    }
}
