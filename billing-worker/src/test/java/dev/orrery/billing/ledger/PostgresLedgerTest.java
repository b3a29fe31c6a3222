package dev.orrery.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.billing.Books;
import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.stage.StageFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class PostgresLedgerTest {

    private static Books books;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private PostgresLedger ledger;

    @BeforeAll
    static void openTheBooks() {
        books = new Books();
    }

    @BeforeEach
    void openTheLedger() {
        ledger = new PostgresLedger(books.asWorker(), meters);
    }

    @Test
    void takesTheChargeAndFreesTheRestOfTheHold() throws SQLException {
        // given
        var wallet = books.wallet(1_000);
        var turn = books.hold(wallet, 500);

        // when
        ledger.book(List.of(new TurnCharge(turn, 320))).block();

        // then
        assertThat(books.posted(wallet)).isEqualTo(680);
        assertThat(books.held(wallet)).isZero();
        assertThat(books.differences()).isZero();
    }

    @Test
    void releasesTheHoldOfATurnThatCostsNothing() throws SQLException {
        // given
        var wallet = books.wallet(1_000);
        var turn = books.hold(wallet, 500);

        // when
        ledger.book(List.of(new TurnCharge(turn, 0))).block();

        // then
        assertThat(books.posted(wallet)).isEqualTo(1_000);
        assertThat(books.held(wallet)).isZero();
        assertThat(books.entryKeysInOrder()).doesNotContain("use:" + turn);
    }

    @Test
    void booksATurnOnceHoweverOftenItComes() throws SQLException {
        // given
        var wallet = books.wallet(10_000);
        var charges = IntStream.range(0, 10).mapToObj(i -> charge(wallet, 100)).toList();

        // when
        Flux.range(0, 100).flatMap(round -> ledger.book(charges), 8).blockLast();

        // then
        assertThat(books.posted(wallet)).isEqualTo(9_000);
        assertThat(books.held(wallet)).isZero();
        assertThat(books.differences()).isZero();
    }

    @Test
    void passesOverTurnsThatNeverHadAHold() {
        // given
        var free = new TurnCharge(UUID.randomUUID(), 0);

        // when
        var closed = ledger.book(List.of(free)).block();

        // then
        assertThat(closed).isZero();
    }

    @Test
    void countsWhatWasChargedAboveTheHold() throws SQLException {
        // given
        var wallet = books.wallet(1_000);
        var turn = books.hold(wallet, 50);

        // when
        ledger.book(List.of(new TurnCharge(turn, 500))).block();

        // then
        assertThat(books.posted(wallet)).isEqualTo(950);
        assertThat(meters.counter("orrery.billing.uncollected.micros").count()).isEqualTo(450);
    }

    @Test
    void saysThatADatabaseThatIsAwayMayComeBack() {
        // given
        var nowhere =
                DatabaseClient.create(
                        ConnectionFactories.get("r2dbc:postgresql://nobody@127.0.0.1:1/nothing"));
        var cutOff = new PostgresLedger(nowhere, meters);

        // when
        var booking = cutOff.book(List.of(new TurnCharge(UUID.randomUUID(), 1)));

        // then
        StepVerifier.create(booking).expectError(StageFailure.Transient.class).verify();
    }

    @Test
    void takesADatabaseThatIsNotMigratedYetForOneThatMayComeBack() {
        // given
        var server = SharedServers.database();
        var empty =
                ConnectionFactories.get(
                        "r2dbc:postgresql://%s@%s:%d/%s"
                                .formatted(
                                        server.superuser(),
                                        server.host(),
                                        server.port(),
                                        SharedServers.newDatabase()));
        var early = new PostgresLedger(DatabaseClient.create(empty), meters);

        // when
        var booking = early.book(List.of(new TurnCharge(UUID.randomUUID(), 1)));

        // then
        StepVerifier.create(booking).expectError(StageFailure.Transient.class).verify();
    }

    @Test
    void takesABrokenConstraintForAFaultOfTheDataAndChangesNothing() throws SQLException {
        // given
        var books = new Books();
        var cautious = new PostgresLedger(books.asWorker(), meters);
        var wallet = books.wallet(1_000);
        var turn = books.hold(wallet, 500);
        var other = books.hold(wallet, 100);
        books.occupy(turn, wallet);

        // when
        var booking = cautious.book(List.of(new TurnCharge(turn, 5), new TurnCharge(other, 5)));

        // then
        StepVerifier.create(booking)
                .expectErrorMatches(failure -> !(failure instanceof StageFailure))
                .verify();
        assertThat(books.held(wallet)).isEqualTo(600);
        assertThat(books.posted(wallet)).isEqualTo(1_000);
    }

    /** Whatever batches the turns come in, how often, in which order and how many at a time. */
    @RepeatedTest(3)
    void sumsUpToTheWallets() throws SQLException {
        // given
        long seed = System.nanoTime();
        System.out.println("seed: " + seed);
        var chance = new Random(seed);
        var wallets = new ArrayList<UUID>();
        var owed = new HashMap<UUID, Long>();
        var charges = new ArrayList<TurnCharge>();
        for (int i = 0; i < 5; i++) {
            wallets.add(books.wallet(1_000_000));
        }
        for (int i = 0; i < 60; i++) {
            var wallet = wallets.get(chance.nextInt(wallets.size()));
            long hold = 1 + chance.nextInt(1_000);
            long charge = chance.nextInt(4) == 0 ? 0 : chance.nextInt(1_500);
            charges.add(new TurnCharge(books.hold(wallet, hold), charge));
            owed.merge(wallet, Math.min(hold, charge), Long::sum);
        }
        var batches = batches(charges, chance);

        // when
        Flux.fromIterable(batches).flatMap(ledger::book, 8).blockLast();

        // then
        for (var wallet : wallets) {
            assertThat(books.posted(wallet)).isEqualTo(1_000_000 - owed.getOrDefault(wallet, 0L));
            assertThat(books.held(wallet)).isZero();
        }
        assertThat(books.differences()).isZero();
    }

    /** Each turn stands in many of them, and every one of them in at least one. */
    private static List<List<TurnCharge>> batches(List<TurnCharge> charges, Random chance) {
        var batches = new ArrayList<List<TurnCharge>>();
        for (int i = 0; i < 40; i++) {
            var shuffled = new ArrayList<>(charges);
            Collections.shuffle(shuffled, chance);
            batches.add(shuffled.subList(0, 1 + chance.nextInt(shuffled.size())));
        }
        batches.add(charges);
        return batches;
    }

    private static TurnCharge charge(UUID wallet, long micros) {
        try {
            return new TurnCharge(books.hold(wallet, micros), micros);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
