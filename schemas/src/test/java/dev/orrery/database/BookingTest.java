package dev.orrery.database;

import static dev.orrery.database.Customer.MONEY;
import static dev.orrery.database.Customer.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code billing.book}: what an ended turn takes from its wallet, once. */
class BookingTest {

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_billing");

    private final Client superuser = database.superuser();
    private final Client billing = database.service();
    private final Customer customer;

    BookingTest() throws SQLException {
        customer = new Customer(database);
    }

    @Test
    void movesThePriceOfAnAnswerFromTheHoldToTheLedger() throws SQLException {
        // given
        var turn = customer.answered();

        // when
        var closed = billing.book(turn, PRICE);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, PRICE));
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY - PRICE, 0));
        assertThat(database.scene().hold(turn)).isEqualTo("settled");
        assertThat(customer.entries()).containsExactly("top:first-" + customer.id(), "use:" + turn);
    }

    @Test
    void freesTheWholeHoldOfATurnThatCostsNothing() throws SQLException {
        // given
        var turn = customer.failed();

        // when
        var closed = billing.book(turn, 0);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, 0L));
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY, 0));
        assertThat(database.scene().hold(turn)).isEqualTo("released");
        assertThat(customer.entries()).containsExactly("top:first-" + customer.id());
    }

    @Test
    void changesNothingWhenTheSameTurnsComeAHundredTimes() throws SQLException {
        // given
        var turns = List.of(customer.answered(), customer.failed(), customer.answered());
        var charges = List.of(PRICE, 0L, PRICE);
        billing.book(turns, charges);
        var before = customer.wallet();

        // when
        for (int i = 0; i < 100; i++) {
            assertThat(billing.book(turns, charges)).isEmpty();
        }

        // then
        assertThat(customer.wallet()).isEqualTo(before).isEqualTo(new Wallet(MONEY - 2 * PRICE, 0));
        assertThat(customer.entries()).hasSize(3);
    }

    @Test
    void chargesATurnOnceThatStandsTwiceInABatch() throws SQLException {
        // given
        var turn = customer.answered();

        // when
        var closed = billing.book(List.of(turn, turn), List.of(PRICE, PRICE));

        // then
        assertThat(closed).isEqualTo(Map.of(turn, PRICE));
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY - PRICE, 0));
    }

    @Test
    void booksManyTurnsOfManyWalletsInOneStatement() throws SQLException {
        // given
        var other = new Customer(database);
        var turns = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) {
            turns.add(customer.answered());
            turns.add(other.answered());
        }
        Collections.shuffle(turns);

        // when
        var closed = billing.book(turns, Collections.nCopies(20, PRICE));

        // then
        assertThat(closed.keySet()).containsExactlyInAnyOrderElementsOf(turns);
        assertThat(List.of(customer.wallet(), other.wallet()))
                .containsOnly(new Wallet(MONEY - 10 * PRICE, 0));
    }

    @Test
    void neverRevivesAReleasedHold() throws SQLException {
        // given
        var turn = customer.failed();
        billing.book(turn, 0);

        // when
        var closed = billing.book(turn, PRICE);

        // then
        assertThat(closed).isEmpty();
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void takesTheHoldAndNoMore() throws SQLException {
        // given
        var turn = customer.open(Scene.perThousandTokens(1_000, 1_000));
        superuser.begin(turn, customer.walletId(), Client.LEASE_MILLIS);
        superuser.complete(turn, customer.walletId(), 2_000, 500);

        // when
        var closed = billing.book(turn, Long.MAX_VALUE);

        // then
        assertThat(closed).isEqualTo(Map.of(turn, 2_500L));
    }

    @Test
    void takesANegativeChargeForNone() throws SQLException {
        // given
        var turn = customer.failed();

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
        var turn = customer.answered();

        // when
        var unknownCharge = Arrays.asList(new Long[] {null});

        // then
        assertThatThrownBy(() -> billing.book(List.of(turn), unknownCharge))
                .hasMessageContaining("expected: as many");
        assertThatThrownBy(() -> billing.book(List.of(turn), List.of()))
                .hasMessageContaining("expected: as many");
        assertThat(database.scene().hold(turn)).isEqualTo("held");
        billing.book(turn, PRICE);
    }
}
