package dev.orrery.database;

import static dev.orrery.database.Customer.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The books: one wallet for an owner, lines in order, an outbox, and views of what is open or
 * wrong.
 */
class LedgerTest {

    @AutoClose private static final ServiceDatabase database = ServiceDatabase.of("orrery_billing");

    private final Client superuser = database.superuser();
    private final Client billing = database.service();
    private final Customer customer;

    LedgerTest() throws SQLException {
        customer = new Customer(database);
    }

    @Test
    void writesEveryPostingToTheOutboxInItsOwnTransaction() throws SQLException {
        // given
        var turn = customer.answered();
        billing.beginTransaction();
        billing.book(turn, PRICE);
        billing.rollBack();
        var before = superuser.number("select count(*) from billing.outbox");

        // when
        billing.book(turn, PRICE);
        billing.topUp("outbox-" + customer.id(), customer.id(), "INR", 7);
        billing.refund("outbox-" + customer.id(), "use:" + turn, 7);

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
        var turn = customer.answered();
        billing.book(turn, PRICE);
        billing.refund("order-" + customer.id(), "use:" + turn, 1);
        billing.topUp("order-" + customer.id(), customer.id(), "INR", 1);

        // then
        assertThat(customer.entries())
                .containsExactly(
                        "top:first-" + customer.id(),
                        "use:" + turn,
                        "ref:order-" + customer.id(),
                        "top:order-" + customer.id());
    }

    @Test
    void opensOneWalletForAnOwnerWhoeverAsks() throws SQLException {
        // when
        var found =
                superuser.text(
                        "select billing.open_wallet(?, ?, 'USD')",
                        UUID.randomUUID(),
                        customer.id());

        // then
        assertThat(found).isEqualTo(customer.walletId().toString());
        assertThat(
                        superuser.text(
                                "select currency from billing.wallets where wallet_id = ?",
                                customer.walletId()))
                .isEqualTo("INR");
    }

    @Test
    void namesTheTurnsThatHaveEndedAndStillHoldMoney() throws SQLException {
        // given
        var unbooked = customer.answered();
        var booked = customer.answered();
        billing.book(booked, PRICE);
        var open = customer.open();

        // when
        var listed =
                billing.all(
                        "select turn_id from billing.unbooked where wallet_id = ?",
                        row -> row.getObject(1, UUID.class),
                        customer.walletId());

        // then
        assertThat(listed).containsExactly(unbooked).doesNotContain(open);
    }

    @Test
    void namesWhatDoesNotAddUp() throws SQLException {
        // given
        var missing = customer.answered();
        var doubled = customer.answered();
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
                customer.walletId(),
                customer.walletId(),
                PRICE,
                UUID.randomUUID());

        // when
        var differences = superuser.differences();

        // then
        superuser.rollBack();
        assertThat(differences)
                .containsExactlyInAnyOrder(
                        "held is not the sum of the open holds: " + customer.walletId(),
                        "posted is not credits minus debits: " + customer.walletId(),
                        "a hold and its entry disagree: " + missing,
                        "a use has no hold: use:again");
        billing.book(missing, PRICE);
    }
}
