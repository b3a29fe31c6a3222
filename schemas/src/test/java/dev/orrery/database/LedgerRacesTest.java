package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Many clients at the same wallets at once: nothing is lost, nothing twice, nobody waits for ever.
 */
class LedgerRacesTest {

    private static final int CLIENTS = 8;
    private static final long PRICE = 1_000;
    private static final long MONEY = 1_000_000;

    private static final List<Client> CLIENT = new ArrayList<>();

    private static ExecutorService threads;
    private static Client superuser;
    private static Scene scene;
    private static UUID bot;

    @BeforeAll
    static void open() throws SQLException {
        threads = Executors.newFixedThreadPool(CLIENTS);
        var database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        scene = new Scene(superuser);
        bot = scene.bot(Scene.perMessage(PRICE));
        for (int i = 0; i < CLIENTS; i++) {
            CLIENT.add(database.asSuperuser());
        }
    }

    @AfterAll
    static void close() throws SQLException {
        threads.shutdownNow();
        for (var client : CLIENT) {
            client.close();
        }
        superuser.close();
    }

    /** What one client does from beginning to end. */
    @FunctionalInterface
    private interface Work<T> {
        T doWith(Client client, int number) throws SQLException;
    }

    private static <T> List<T> together(Work<T> work) throws Exception {
        var start = new CyclicBarrier(CLIENTS);
        var tasks =
                IntStream.range(0, CLIENTS)
                        .<Callable<T>>mapToObj(number ->
                                () -> {
                                    start.await();
                                    return work.doWith(CLIENT.get(number), number);
                                })
                        .toList();
        var done = new ArrayList<T>();
        for (var task : threads.invokeAll(tasks)) {
            done.add(task.get());
        }
        return done;
    }

    @Test
    void acceptExactlyAsManyMessagesAsTheWalletCanPay() throws Exception {
        // given
        var person = scene.person(10 * PRICE);
        var sessions = new ArrayList<UUID>();
        for (int i = 0; i < 10 * CLIENTS; i++) {
            sessions.add(scene.session(person, bot));
        }

        // when
        var accepted =
                together((client, number) -> {
                    int count = 0;
                    for (var session : sessions.subList(10 * number, 10 * number + 10)) {
                        var answer = client.accept(UUID.randomUUID(), session, person.id(), "Hi");
                        count += answer.verdict().equals("accepted") ? 1 : 0;
                    }
                    return count;
                });

        // then
        assertThat(accepted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10);
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(10 * PRICE, 10 * PRICE));
        assertThat(superuser.differences()).isEmpty();
    }

    @RepeatedTest(3)
    void bookEveryTurnOnceWhateverBatchesItComesIn() throws Exception {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var people = new ArrayList<Person>();
        var turns = new HashMap<UUID, Person>();
        for (int i = 0; i < 5; i++) {
            var person = scene.person(MONEY);
            people.add(person);
            for (int j = 0; j < 8; j++) {
                turns.put(scene.answeredTurn(scene.session(person, bot), person), person);
            }
        }

        // when
        var gains =
                together((client, number) ->
                        new Chance(client, new Random(seed + number), seed, people, turns)
                                .takeSteps(40));

        // then
        superuser.book(List.copyOf(turns.keySet()), Collections.nCopies(turns.size(), PRICE));
        for (var person : people) {
            long gained = gains.stream().mapToLong(gain -> gain.getOrDefault(person, 0L)).sum();
            assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY - 8 * PRICE + gained, 0));
        }
        assertThat(superuser.differences()).isEmpty();
    }

    /**
     * A client that does one thing after the other: books some turns in any order, pays in, gives
     * back, and often repeats what another client has done or is doing.
     */
    private record Chance(
            Client client, Random random, long seed, List<Person> people, Map<UUID, Person> turns) {

        /** What each person's wallet has gained by top-ups and refunds that this client posted. */
        Map<Person, Long> takeSteps(int count) throws SQLException {
            var gains = new HashMap<Person, Long>();
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> topUp(gains);
                    case 1 -> refund(gains);
                    default -> book();
                }
            }
            return gains;
        }

        private void book() throws SQLException {
            var batch = new ArrayList<>(turns.keySet());
            Collections.shuffle(batch, random);
            var some = batch.subList(0, 1 + random.nextInt(batch.size()));
            client.book(some, Collections.nCopies(some.size(), PRICE));
        }

        private void topUp(Map<Person, Long> gains) throws SQLException {
            var person = anyOf(people);
            var payment = "pay-" + seed + "-" + random.nextInt(20);
            if (client.topUp(payment, person.id(), "INR", 7).equals("posted")) {
                gains.merge(person, 7L, Long::sum);
            }
        }

        private void refund(Map<Person, Long> gains) throws SQLException {
            var turn = anyOf(List.copyOf(turns.keySet()));
            var refund = "back-" + seed + "-" + random.nextInt(20);
            if (client.refund(refund, "use:" + turn, 300).equals("posted")) {
                gains.merge(turns.get(turn), 300L, Long::sum);
            }
        }

        private <T> T anyOf(List<T> many) {
            return many.get(random.nextInt(many.size()));
        }
    }
}
