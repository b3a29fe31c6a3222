package dev.orrery.billing.outbox;

import dev.orrery.events.EntryPosted;
import dev.orrery.ids.DerivedId;
import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.topics.Topics;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Outbox} on {@code billing.outbox}. */
public final class PostgresOutbox implements Outbox {

    static final int BATCH = 500;

    /**
     * Above the producer's own delivery time-out, so that it is reached only when something is
     * badly wrong.
     */
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(60);

    private static final UUID NAMESPACE = UUID.fromString("3a0cf2f2-7d0e-4a55-8b2c-5a1d6fd2e001");
    private static final String SOURCE = "billing";

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final Publisher publisher;

    public PostgresOutbox(
            DatabaseClient database, TransactionalOperator transactions, Publisher publisher) {
        this.database = database;
        this.transactions = transactions;
        this.publisher = publisher;
    }

    @Override
    public Mono<Integer> publishBatch() {
        return transactions
                .transactional(takeTurn().flatMap(mine -> mine ? publishOldest() : Mono.just(0)))
                .timeout(LONGEST_BATCH);
    }

    /** Held until the transaction ends, also when this process dies. */
    private Mono<Boolean> takeTurn() {
        return database.sql("select pg_try_advisory_xact_lock(hashtext('billing.outbox')) as mine")
                .map(row -> Columns.required(row, "mine", Boolean.class))
                .one();
    }

    private Mono<Integer> publishOldest() {
        return database.sql(
                        """
                        select e.entry_key, e.entry_number, e.wallet_id, e.debit_account, e.credit_account, e.amount_micros,
                               e.currency, e.turn_id, e.reverses, e.posted_at
                          from billing.outbox o join billing.entries e on e.entry_number = o.entry_number
                         order by o.entry_number limit :batch
                        """)
                .bind("batch", BATCH)
                .map(PostgresOutbox::entry)
                .all()
                .collectList()
                .flatMap(entries -> entries.isEmpty() ? Mono.just(0) : publish(entries));
    }

    private Mono<Integer> publish(List<EntryPosted> entries) {
        return Flux.fromIterable(entries)
                .flatMapSequential(entry -> publisher.publish(event(entry)), BATCH)
                .then(remove(entries))
                .thenReturn(entries.size());
    }

    private Mono<Void> remove(List<EntryPosted> entries) {
        return database.sql("delete from billing.outbox where entry_number = any (:numbers)")
                .bind(
                        "numbers",
                        entries.stream().map(EntryPosted::getEntryNumber).toArray(Long[]::new))
                .then();
    }

    /**
     * The id hangs on the entry alone, so a crash between publishing and removing repeats the same
     * event.
     */
    private static Event<EntryPosted> event(EntryPosted entry) {
        var about = entry.getTurnId() == null ? entry.getEntryKey() : entry.getTurnId();
        var context =
                new EventContext(
                        DerivedId.of(NAMESPACE, entry.getEntryKey()),
                        SOURCE,
                        entry.getPostedAt(),
                        about,
                        null,
                        null,
                        null);
        return new Event<>(Topics.BILLING_ENTRIES, entry.getWalletId(), null, entry, context);
    }

    private static EntryPosted entry(Readable row) {
        var turn = row.get("turn_id", UUID.class);
        return EntryPosted.newBuilder()
                .setEntryKey(Columns.required(row, "entry_key", String.class))
                .setEntryNumber(Columns.required(row, "entry_number", Long.class))
                .setWalletId(Columns.required(row, "wallet_id", UUID.class).toString())
                .setDebitAccount(Columns.required(row, "debit_account", String.class))
                .setCreditAccount(Columns.required(row, "credit_account", String.class))
                .setAmountMicros(Columns.required(row, "amount_micros", Long.class))
                .setCurrency(Columns.required(row, "currency", String.class))
                .setTurnId(turn == null ? null : turn.toString())
                .setReverses(row.get("reverses", String.class))
                .setPostedAt(Columns.required(row, "posted_at", Instant.class))
                .build();
    }
}
