package dev.orrery.ingest.wallets;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads wallets and their entries; only the ledger's own functions change them. */
@Component
public final class Wallets {

    private final Store store;

    Wallets(Store store) {
        this.store = store;
    }

    /** The user's wallet; empty when there is none. */
    public Mono<Wallet> find(String user) {
        var statement =
                store.sql(
                                """
                                select wallet_id, currency, posted_micros, held_micros
                                  from billing.wallets where owner = $1
                                """)
                        .bind(0, user);
        return store.one(statement, Wallets::wallet);
    }

    /** The wallet's entries, newest first. */
    Mono<Page<WalletEntry>> entries(Wallet wallet, PageRequest asked) {
        var statement =
                store.sql(
                                """
                                select e.entry_key, e.entry_number, e.currency, e.turn_id, e.reverses, e.posted_at,
                                       case when e.credit_account = 'wallet:' || e.wallet_id
                                            then e.amount_micros else -e.amount_micros end as amount
                                  from billing.entries e
                                 where e.wallet_id = $1 and e.entry_number < $2
                                 order by e.entry_number desc limit $3
                                """)
                        .bind(0, wallet.id())
                        .bind(1, asked.after().number())
                        .bind(2, asked.limitAndOne());
        return store.all(statement, Wallets::entry)
                .collectList()
                .map(rows -> Page.of(rows, asked, entry -> Cursor.of(entry.number())));
    }

    private static Wallet wallet(Readable row) {
        long posted = required(row, "posted_micros", Long.class);
        long held = required(row, "held_micros", Long.class);
        return new Wallet(
                required(row, "wallet_id", UUID.class),
                required(row, "currency", String.class),
                posted,
                held,
                posted - held);
    }

    private static WalletEntry entry(Readable row) {
        return new WalletEntry(
                required(row, "entry_key", String.class),
                required(row, "entry_number", Long.class),
                required(row, "amount", Long.class),
                required(row, "currency", String.class),
                row.get("turn_id", UUID.class),
                row.get("reverses", String.class),
                required(row, "posted_at", Instant.class));
    }
}
