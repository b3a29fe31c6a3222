package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Person;
import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code billing.book}, {@code top_up}, {@code refund} and {@code open_wallet}. */
class LedgerTest {

    private static final long PRICE = 5_000_000;
    private static final long MONEY = 100_000_000;

    private static Client superuser;
    private static Client billing;
    private static Scene scene;
    private static UUID bot;

    private Person person;

    @BeforeAll
    static void open() throws SQLException {
        var database = MigratedDatabase.create();
        superuser = database.asSuperuser();
        billing = database.as("orrery_billing");
        scene = new Scene(superuser);
        bot = scene.bot(Scene.perMessage(PRICE));
    }

    @AfterAll
    static void close() throws SQLException {
        assertThat(superuser.differences()).isEmpty();
        billing.close();
        superuser.close();
    }

    @BeforeEach
    void somebody() throws SQLException {
        person = scene.person(MONEY);
    }

    private UUID answered() throws SQLException {
        return scene.answeredTurn(scene.session(person, bot), person);
    }

    private UUID failed() throws SQLException {
        var turn = scene.turn(scene.session(person, bot), person);
        superuser.fail(turn);
        return turn;
    }

    private List<String> entries() throws SQLException {
        return superuser.all(
                "select entry_key from billing.entries where wallet_id = ? order by entry_number",
                row -> row.getString(1),
                person.wallet());
    }

    @Test
    void movesThePriceOfAnAnswerFromTheHoldToTheLedger() throws SQLException {
        // given
        var turn = answered();

        // when
        var closed = billing.book(turn, PRICE);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, PRICE));
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY - PRICE, 0));
        assertThat(scene.hold(turn)).isEqualTo("settled");
        assertThat(entries()).containsExactly("top:first-" + person.id(), "use:" + turn);
    }

    @Test
    void freesTheWholeHoldOfATurnThatCostsNothing() throws SQLException {
        // given
        var turn = failed();

        // when
        var closed = billing.book(turn, 0);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, 0L));
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY, 0));
        assertThat(scene.hold(turn)).isEqualTo("released");
        assertThat(entries()).containsExactly("top:first-" + person.id());
    }

    @Test
    void changesNothingWhenTheSameTurnsComeAHundredTimes() throws SQLException {
        // given
        var turns = List.of(answered(), failed(), answered());
        var charges = List.of(PRICE, 0L, PRICE);
        billing.book(turns, charges);
        var before = scene.wallet(person);

        // when
        for (int i = 0; i < 100; i++) {
            assertThat(billing.book(turns, charges)).isEmpty();
        }

        // then
        assertThat(scene.wallet(person))
                .isEqualTo(before)
                .isEqualTo(new Wallet(MONEY - 2 * PRICE, 0));
        assertThat(entries()).hasSize(3);
    }

    @Test
    void chargesATurnOnceThatStandsTwiceInABatch() throws SQLException {
        // given
        var turn = answered();

        // when
        var closed = billing.book(List.of(turn, turn), List.of(PRICE, PRICE));

        // then
        assertThat(closed).isEqualTo(Map.of(turn, PRICE));
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY - PRICE, 0));
    }

    @Test
    void booksManyTurnsOfManyWalletsInOneStatement() throws SQLException {
        // given
        var other = scene.person(MONEY);
        var turns = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) {
            turns.add(answered());
            turns.add(scene.answeredTurn(scene.session(other, bot), other));
        }
        Collections.shuffle(turns);

        // when
        var closed = billing.book(turns, Collections.nCopies(20, PRICE));

        // then
        assertThat(closed.keySet()).containsExactlyInAnyOrderElementsOf(turns);
        assertThat(List.of(scene.wallet(person), scene.wallet(other)))
                .containsOnly(new Wallet(MONEY - 10 * PRICE, 0));
    }

    @Test
    void neverRevivesAReleasedHold() throws SQLException {
        // given
        var turn = failed();
        billing.book(turn, 0);

        // when
        var closed = billing.book(turn, PRICE);

        // then
        assertThat(closed).isEmpty();
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void takesTheHoldAndNoMore() throws SQLException {
        // given
        var turn =
                scene.turn(
                        scene.session(person, scene.bot(Scene.perThousandTokens(1_000, 1_000))),
                        person);
        superuser.begin(turn, person.wallet(), Client.LEASE_MILLIS);
        superuser.complete(turn, person.wallet(), 2_000, 500);

        // when
        var closed = billing.book(turn, Long.MAX_VALUE);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, 2_500L));
    }

    @Test
    void takesANegativeChargeForNone() throws SQLException {
        // given
        var turn = failed();

        // when
        var closed = billing.book(turn, Long.MIN_VALUE);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, 0L));
    }

    @Test
    void passesOverTurnsThatReservedNothing() throws SQLException {
        // when
        var closed = billing.book(UUID.randomUUID(), PRICE);

        // then
        assertThat(closed).isEmpty();
    }

    @Test
    void booksNothingOfAnEmptyBatch() throws SQLException {
        // when
        var closed = billing.book(List.of(), List.of());

        // then
        assertThat(closed).isEmpty();
    }

    @Test
    void refusesABatchWhoseChargesDoNotMatchItsTurns() throws SQLException {
        // given
        var turn = answered();

        // when
        var unknownCharge = Arrays.asList(new Long[] {null});

        // then
        assertThatThrownBy(() -> billing.book(List.of(turn), unknownCharge))
                .hasMessageContaining("expected: as many");
        assertThatThrownBy(() -> billing.book(List.of(turn), List.of()))
                .hasMessageContaining("expected: as many");
        assertThat(scene.hold(turn)).isEqualTo("held");
        billing.book(turn, PRICE);
    }

    @Test
    void writesEveryPostingToTheOutboxInItsOwnTransaction() throws SQLException {
        // given
        var turn = answered();
        billing.beginTransaction();
        billing.book(turn, PRICE);
        billing.rollBack();
        var before = superuser.number("select count(*) from billing.outbox");

        // when
        billing.book(turn, PRICE);
        billing.topUp("outbox-" + person.id(), person.id(), "INR", 7);
        billing.refund("outbox-" + person.id(), "use:" + turn, 7);

        // then
        assertThat(superuser.number("select count(*) from billing.outbox")).isEqualTo(before + 3);
        assertThat(
                        superuser.number(
                                "select count(*) from billing.entries where entry_number not in (table billing.outbox)"))
                .isZero();
    }

    @Test
    void numbersTheLinesOfAWalletInTheOrderTheyWerePosted() throws SQLException {
        // when
        var turn = answered();
        billing.book(turn, PRICE);
        billing.refund("order-" + person.id(), "use:" + turn, 1);
        billing.topUp("order-" + person.id(), person.id(), "INR", 1);

        // then
        assertThat(entries())
                .containsExactly(
                        "top:first-" + person.id(),
                        "use:" + turn,
                        "ref:order-" + person.id(),
                        "top:order-" + person.id());
    }

    @Test
    void addsAPaymentOnce() throws SQLException {
        // given
        var payment = "pay-" + person.id();

        // when
        var verdicts =
                List.of(
                        billing.topUp(payment, person.id(), "INR", 9),
                        billing.topUp(payment, person.id(), "INR", 9));

        // then
        assertThat(verdicts).containsExactly("posted", "already_posted");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY + 9, 0));
    }

    @Test
    void refusesAPaymentThatIsKnownOtherwise() throws SQLException {
        // given
        var payment = "pay-" + person.id();
        billing.topUp(payment, person.id(), "INR", 9);
        var other = scene.person(0);

        // when
        var verdicts =
                List.of(
                        billing.topUp(payment, person.id(), "INR", 10),
                        billing.topUp(payment, other.id(), "INR", 9));

        // then
        assertThat(verdicts).containsOnly("payment_conflict");
        assertThat(scene.wallet(other)).isEqualTo(new Wallet(0, 0));
    }

    @Test
    void refusesAPaymentWithoutAWalletOrInAnotherCurrency() throws SQLException {
        // when
        var verdicts =
                List.of(
                        billing.topUp("p1-" + person.id(), "nobody", "INR", 9),
                        billing.topUp("p2-" + person.id(), person.id(), "USD", 9));

        // then
        assertThat(verdicts).containsExactly("unknown_wallet", "currency_mismatch");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesAmountsThatAreNone(long micros) throws SQLException {
        // given
        var turn = answered();
        billing.book(turn, PRICE);
        var before = scene.wallet(person);

        // when
        var attempts =
                List.<Attempt>of(
                        () -> billing.topUp("none-" + turn, person.id(), "INR", micros),
                        () -> billing.refund("none-" + turn, "use:" + turn, micros));

        // then
        assertThat(attempts)
                .allSatisfy(attempt ->
                        assertThatThrownBy(attempt::make).isInstanceOf(SQLException.class));
        assertThat(scene.wallet(person)).isEqualTo(before);
    }

    @Test
    void refusesMoneyThatDoesNotFit() throws SQLException {
        assertThatThrownBy(() ->
                        billing.topUp("max-" + person.id(), person.id(), "INR", Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void givesBackAUseOnceAndNeverMoreThanWasPaid() throws SQLException {
        // given
        var turn = answered();
        billing.book(turn, PRICE);
        var id = person.id();

        // when
        var verdicts =
                List.of(
                        billing.refund("a-" + id, "use:" + turn, PRICE - 1),
                        billing.refund("a-" + id, "use:" + turn, PRICE - 1),
                        billing.refund("b-" + id, "use:" + turn, 2),
                        billing.refund("b-" + id, "use:" + turn, 1),
                        billing.refund("c-" + id, "use:" + turn, 1));

        // then
        assertThat(verdicts)
                .containsExactly(
                        "posted",
                        "already_posted",
                        "exceeds_original",
                        "posted",
                        "exceeds_original");
        assertThat(scene.wallet(person)).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void refusesARefundThatIsKnownOtherwise() throws SQLException {
        // given
        var first = answered();
        var second = answered();
        billing.book(List.of(first, second), List.of(PRICE, PRICE));
        billing.refund("x-" + person.id(), "use:" + first, 5);

        // when
        var verdicts =
                List.of(
                        billing.refund("x-" + person.id(), "use:" + first, 6),
                        billing.refund("x-" + person.id(), "use:" + second, 5));

        // then
        assertThat(verdicts).containsOnly("refund_conflict");
    }

    @Test
    void givesBackNothingButUses() throws SQLException {
        // when
        var verdicts =
                List.of(
                        billing.refund("t-" + person.id(), "top:first-" + person.id(), 1),
                        billing.refund("u-" + person.id(), "use:" + UUID.randomUUID(), 1));

        // then
        assertThat(verdicts).containsOnly("unknown_entry");
    }

    @Test
    void opensOneWalletForAnOwnerWhoeverAsks() throws SQLException {
        // when
        var found =
                superuser.text(
                        "select billing.open_wallet(?, ?, 'USD')", UUID.randomUUID(), person.id());

        // then
        assertThat(found).isEqualTo(person.wallet().toString());
        assertThat(
                        superuser.text(
                                "select currency from billing.wallets where wallet_id = ?",
                                person.wallet()))
                .isEqualTo("INR");
    }

    @Test
    void namesTheTurnsThatHaveEndedAndStillHoldMoney() throws SQLException {
        // given
        var unbooked = answered();
        var booked = answered();
        billing.book(booked, PRICE);
        var open = scene.turn(scene.session(person, bot), person);

        // when
        var listed =
                billing.all(
                        "select turn_id from billing.unbooked where wallet_id = ?",
                        row -> row.getObject(1, UUID.class),
                        person.wallet());

        // then
        assertThat(listed).containsExactly(unbooked).doesNotContain(open);
    }

    @Test
    void namesWhatDoesNotAddUp() throws SQLException {
        // given
        var missing = answered();
        var doubled = answered();
        billing.book(doubled, PRICE);
        superuser.beginTransaction();
        superuser.run(
                "update billing.holds set status = 'settled', charged_micros = amount_micros where turn_id = ?",
                missing);
        superuser.run(
                """
                insert into billing.entries (entry_key, wallet_id, debit_account, credit_account, currency,
                                             amount_micros, turn_id)
                values ('use:again', ?, 'wallet:' || ?::text, 'platform:revenue', 'INR', ?, ?)
                """,
                person.wallet(),
                person.wallet(),
                PRICE,
                UUID.randomUUID());

        // when
        var differences = superuser.differences();

        // then
        superuser.rollBack();
        assertThat(differences)
                .containsExactlyInAnyOrder(
                        "held is not the sum of the open holds: " + person.wallet(),
                        "posted is not credits minus debits: " + person.wallet(),
                        "a hold and its entry disagree: " + missing,
                        "a use has no hold: use:again");
        billing.book(missing, PRICE);
    }

    @FunctionalInterface
    private interface Attempt {
        String make() throws SQLException;
    }
}
