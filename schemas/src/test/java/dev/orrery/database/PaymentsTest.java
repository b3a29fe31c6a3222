package dev.orrery.database;

import static dev.orrery.database.Customer.MONEY;
import static dev.orrery.database.Customer.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.database.Scene.Wallet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code billing.top_up} and {@code refund}: money comes and goes back once, and never more than
 * there was.
 */
class PaymentsTest {

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_billing");

    private final Client billing = database.service();
    private final Customer customer;

    PaymentsTest() throws SQLException {
        customer = new Customer(database);
    }

    @Test
    void addsAPaymentOnce() throws SQLException {
        // given
        var payment = "pay-" + customer.id();

        // when
        var verdicts =
                List.of(
                        billing.topUp(payment, customer.id(), "INR", 9),
                        billing.topUp(payment, customer.id(), "INR", 9));

        // then
        assertThat(verdicts).containsExactly("posted", "already_posted");
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY + 9, 0));
    }

    @Test
    void refusesAPaymentThatIsKnownOtherwise() throws SQLException {
        // given
        var payment = "pay-" + customer.id();
        billing.topUp(payment, customer.id(), "INR", 9);
        var other = new Customer(database);

        // when
        var verdicts =
                List.of(
                        billing.topUp(payment, customer.id(), "INR", 10),
                        billing.topUp(payment, other.id(), "INR", 9));

        // then
        assertThat(verdicts).containsOnly("payment_conflict");
        assertThat(other.wallet()).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void refusesAPaymentWithoutAWalletOrInAnotherCurrency() throws SQLException {
        // when
        var verdicts =
                List.of(
                        billing.topUp("p1-" + customer.id(), "nobody", "INR", 9),
                        billing.topUp("p2-" + customer.id(), customer.id(), "USD", 9));

        // then
        assertThat(verdicts).containsExactly("unknown_wallet", "currency_mismatch");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesAmountsThatAreNone(long micros) throws SQLException {
        // given
        var turn = customer.answered();
        billing.book(turn, PRICE);
        var before = customer.wallet();

        // when
        var attempts =
                List.<Attempt>of(
                        () -> billing.topUp("none-" + turn, customer.id(), "INR", micros),
                        () -> billing.refund("none-" + turn, "use:" + turn, micros));

        // then
        assertThat(attempts)
                .allSatisfy(attempt ->
                        assertThatThrownBy(attempt::make).isInstanceOf(SQLException.class));
        assertThat(customer.wallet()).isEqualTo(before);
    }

    @Test
    void refusesMoneyThatDoesNotFit() throws SQLException {
        assertThatThrownBy(() ->
                        billing.topUp("max-" + customer.id(), customer.id(), "INR", Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void givesBackAUseOnceAndNeverMoreThanWasPaid() throws SQLException {
        // given
        var turn = customer.answered();
        billing.book(turn, PRICE);
        var id = customer.id();

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
        assertThat(customer.wallet()).isEqualTo(new Wallet(MONEY, 0));
    }

    @Test
    void refusesARefundThatIsKnownOtherwise() throws SQLException {
        // given
        var first = customer.answered();
        var second = customer.answered();
        billing.book(List.of(first, second), List.of(PRICE, PRICE));
        billing.refund("x-" + customer.id(), "use:" + first, 5);

        // when
        var verdicts =
                List.of(
                        billing.refund("x-" + customer.id(), "use:" + first, 6),
                        billing.refund("x-" + customer.id(), "use:" + second, 5));

        // then
        assertThat(verdicts).containsOnly("refund_conflict");
    }

    @Test
    void givesBackNothingButUses() throws SQLException {
        // when
        var verdicts =
                List.of(
                        billing.refund("t-" + customer.id(), "top:first-" + customer.id(), 1),
                        billing.refund("u-" + customer.id(), "use:" + UUID.randomUUID(), 1));

        // then
        assertThat(verdicts).containsOnly("unknown_entry");
    }

    @FunctionalInterface
    private interface Attempt {
        String make() throws SQLException;
    }
}
