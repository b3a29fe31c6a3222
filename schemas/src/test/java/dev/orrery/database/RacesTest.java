package dev.orrery.database;

import static org.awaitility.Awaitility.await;

import dev.orrery.database.Round.Told;
import dev.orrery.database.Round.Wish;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every two functions of the contract, meeting on one session. The first one has done its work and
 * has not committed when the second one comes; the second one then either waits for the first or
 * has no need to, and the first one commits or is rolled back. Whatever happens, the turn ends
 * once, all are told the same end, and the books are right.
 */
class RacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Map<Wish, Client> FIRST = new EnumMap<>(Wish.class);
    private static final Map<Wish, Client> SECOND = new EnumMap<>(Wish.class);

    private static ExecutorService threads;
    private static Client superuser;
    private static UUID bot;

    @BeforeAll
    static void open() throws SQLException {
        threads = Executors.newCachedThreadPool();
        var database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        bot = new Scene(superuser).bot(Scene.perMessage(Round.PRICE));
        for (var wish : Wish.values()) {
            FIRST.put(wish, database.as(wish.role));
            SECOND.put(wish, database.as(wish.role));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        threads.shutdownNow();
        for (var clients : List.of(FIRST, SECOND)) {
            for (var client : clients.values()) {
                client.close();
            }
        }
        superuser.close();
    }

    /** What the two find, and what becomes of the first one's work. */
    private enum Way {
        UNDER_A_LIVE_RUN(Client.LEASE_MILLIS, true),
        UNDER_A_RUN_THAT_HAS_LAPSED(Client.LAPSED, true),
        AFTER_A_ROLLBACK(Client.LAPSED, false);

        final int leaseMillis;
        final boolean commits;

        Way(int leaseMillis, boolean commits) {
            this.leaseMillis = leaseMillis;
            this.commits = commits;
        }
    }

    static Stream<Arguments> everyTwo() {
        return Arrays.stream(Wish.values())
                .flatMap(first ->
                        Arrays.stream(Wish.values()).map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @MethodSource("everyTwo")
    void agreeOnWhatBecomesOfATurn(Wish first, Wish second) throws Exception {
        for (var way : Way.values()) {
            // given
            var round = new Round(superuser, bot, way.leaseMillis);

            // when
            var told = meet(round, first, way.commits, second);

            // then
            round.check(told);
        }
    }

    private static List<Told> meet(Round round, Wish first, boolean commits, Wish second)
            throws Exception {
        var told = new ArrayList<Told>();
        var holder = Objects.requireNonNull(FIRST.get(first));
        var comer = Objects.requireNonNull(SECOND.get(second));
        int comerProcess = comer.processId();
        holder.beginTransaction();
        var firstAnswer = round.grant(first, holder);
        Future<@Nullable Told> coming = threads.submit(() -> round.grant(second, comer));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> coming.isDone() || isBlocked(comerProcess));
        if (commits) {
            holder.commit();
            addTo(told, firstAnswer);
        } else {
            holder.rollBack();
        }
        addTo(told, coming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return told;
    }

    private static boolean isBlocked(int process) throws SQLException {
        return superuser.number("select cardinality(pg_blocking_pids(?))", process) > 0;
    }

    private static void addTo(List<Told> told, @Nullable Told answer) {
        if (answer != null) {
            told.add(answer);
        }
    }

    @RepeatedTest(20)
    void agreeOnWhatBecomesOfATurnWhenAllComeAtOnceAndTwice() throws Exception {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var random = new Random(seed);
        var round =
                new Round(
                        superuser, bot, random.nextBoolean() ? Client.LEASE_MILLIS : Client.LAPSED);
        var wishes = new ArrayList<Map.Entry<Wish, Client>>(FIRST.entrySet());
        wishes.addAll(SECOND.entrySet());
        Collections.shuffle(wishes, random);

        // when
        var told = together(round, wishes);

        // then
        round.check(told);
    }

    private static List<Told> together(Round round, List<Map.Entry<Wish, Client>> wishes)
            throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(wishes.size());
        var tasks =
                wishes.stream()
                        .map(wish ->
                                threads.submit(() -> {
                                    start.await();
                                    return round.grant(wish.getKey(), wish.getValue());
                                }))
                        .toList();
        var told = new ArrayList<Told>();
        for (var task : tasks) {
            addTo(told, task.get());
        }
        return told;
    }
}
