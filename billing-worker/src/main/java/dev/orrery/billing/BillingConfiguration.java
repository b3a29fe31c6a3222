package dev.orrery.billing;

import dev.orrery.billing.ledger.Ledger;
import dev.orrery.billing.ledger.PostgresLedger;
import dev.orrery.billing.outbox.OutboxPublisher;
import dev.orrery.billing.outbox.PostgresOutbox;
import dev.orrery.events.ChatOutcome;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.stage.BatchStage;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class BillingConfiguration {

    @Bean
    Ledger ledger(DatabaseClient database, MeterRegistry meters) {
        return new PostgresLedger(database, meters);
    }

    @Bean
    OutboxPublisher outboxPublisher(
            DatabaseClient database,
            ConnectionFactory connections,
            Publisher publisher,
            MeterRegistry meters) {
        var transactions = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        return new OutboxPublisher(new PostgresOutbox(database, transactions, publisher), meters);
    }

    @Bean
    BatchStage<ChatOutcome> billing(Ledger ledger, OutboxPublisher outbox) {
        var flow = new BillingFlow(ledger, outbox::wake);
        return BatchStage.named("billing").reading(Topics.CHAT_OUTCOMES).handledBy(flow::book);
    }
}
