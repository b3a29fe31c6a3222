package dev.orrery.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatOutcome;
import dev.orrery.pipeline.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The app as a whole: real broker, registry and PostgreSQL. */
class BillingWorkerTest {

    private static Books books;
    private static RunningBilling billing;

    private UUID wallet = UUID.randomUUID();

    @BeforeAll
    static void start() {
        books = new Books();
        billing = new RunningBilling(books);
        billing.startReplica();
    }

    @AfterAll
    static void stop() throws SQLException {
        billing.close();
        assertThat(books.differences()).isZero();
    }

    @BeforeEach
    void fill() throws SQLException {
        wallet = books.wallet(1_000_000);
    }

    private Event<ChatOutcome> outcome(long charge) throws SQLException {
        return Outcomes.of(books.hold(wallet, 100), wallet, charge);
    }

    @Test
    void booksAnOutcomeAndPublishesItsEntry() throws SQLException {
        // given
        var outcome = outcome(30);

        // when
        billing.publish(outcome);

        // then
        var entry = billing.entryOf(outcome);
        assertThat(entry.getAmountMicros()).isEqualTo(30);
        assertThat(entry.getWalletId()).isEqualTo(wallet.toString());
        assertThat(books.posted(wallet)).isEqualTo(1_000_000 - 30);
        assertThat(books.held(wallet)).isZero();
    }

    @Test
    void buriesAFaultyOutcomeAloneAndBooksTheRest() throws SQLException {
        // given
        double buried = deadLettered();
        billing.publish(outcome(1));
        billing.publish(Outcomes.faulty(wallet));

        // when
        billing.publish(outcome(2));

        // then
        awaitBooked();
        await().atMost(RunningBilling.PATIENCE).until(() -> deadLettered() == buried + 1);
        assertThat(books.posted(wallet)).isEqualTo(1_000_000 - 3);
    }

    @Test
    void waitsForADatabaseThatIsAwayAndBuriesNothing() throws SQLException {
        // given
        double buried = deadLettered();
        var outcomes = List.of(outcome(1), outcome(2), outcome(3));
        books.shut();
        outcomes.forEach(billing::publish);
        await().atMost(RunningBilling.PATIENCE)
                .until(() -> billing.meter("orrery.stage.in.flight") > 0);

        // when
        books.open();

        // then
        awaitBooked();
        assertThat(deadLettered()).isEqualTo(buried);
        assertThat(books.posted(wallet)).isEqualTo(1_000_000 - 6);
    }

    private void awaitBooked() {
        await().atMost(RunningBilling.PATIENCE)
                .untilAsserted(() -> assertThat(books.held(wallet)).isZero());
    }

    private static double deadLettered() {
        return billing.meter("orrery.stage.dead.lettered");
    }
}
