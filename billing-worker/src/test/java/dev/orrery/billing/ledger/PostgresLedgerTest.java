package dev.orrery.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.billing.Books;
import dev.orrery.pipeline.stage.StageFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

    private static TurnCharge charge(UUID wallet, long micros) {
        try {
            return new TurnCharge(books.hold(wallet, micros), micros);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
