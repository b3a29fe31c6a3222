package dev.orrery.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole topic from its beginning, once more, to two replicas at once. */
class RedeliveryTest {

    private static final int TURNS = 40;

    private final Books books = new Books();
    private final RunningBilling billing = new RunningBilling(books);
    private UUID wallet = UUID.randomUUID();

    @BeforeEach
    void book() throws SQLException {
        wallet = books.wallet(1_000_000);
        billing.startReplica();
        for (int i = 0; i < TURNS; i++) {
            billing.publish(Outcomes.of(books.hold(wallet, 100), wallet, i % 4));
        }
        await().atMost(RunningBilling.PATIENCE)
                .untilAsserted(() -> assertThat(books.held(wallet)).isZero());
    }

    @AfterEach
    void stop() {
        billing.close();
    }

    @Test
    void booksNothingTwice() throws Exception {
        // given
        billing.close();
        forgetOffsets();
        long entries = books.entries();
        long posted = books.posted(wallet);
        var next = Outcomes.of(books.hold(wallet, 100), wallet, 7);

        // when
        billing.startReplica();
        billing.startReplica();

        // then
        billing.publish(next);
        assertThat(billing.entryOf(next).getAmountMicros()).isEqualTo(7);
        await().atMost(RunningBilling.PATIENCE)
                .until(() ->
                        billing.meter("orrery.billing.turns", "result", "passed_over") >= TURNS);
        assertThat(books.entries()).isEqualTo(entries + 1);
        assertThat(books.posted(wallet)).isEqualTo(posted - 7);
        assertThat(books.held(wallet)).isZero();
        assertThat(books.differences()).isZero();
    }

    /** As if the group had never read anything. */
    private static void forgetOffsets() {
        Map<String, Object> broker =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        SharedServers.kafka().bootstrapServers());
        try (var admin = Admin.create(broker)) {
            await().atMost(RunningBilling.PATIENCE)
                    .ignoreExceptions() // the group is not empty until its members are gone
                    .until(() -> {
                        admin.deleteConsumerGroups(List.of("billing")).all().get();
                        return true;
                    });
        }
    }
}
