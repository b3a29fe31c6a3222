package dev.orrery.ingest.accounts;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.ids.TimeOrderedIds;
import dev.orrery.ingest.store.Store;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Opens a user's row and wallet when they are first needed. Idempotent; races end with one of each.
 */
@Component
public final class Accounts {

    private final Store store;
    private final TimeOrderedIds ids;
    private final AccountSettings settings;

    Accounts(Store store, TimeOrderedIds ids, AccountSettings settings) {
        this.store = store;
        this.ids = ids;
        this.settings = settings;
    }

    /** The user's account, opened if there is none. May run inside a transaction. */
    public Mono<Account> open(String user) {
        return find(user).switchIfEmpty(Mono.defer(() -> create(user)));
    }

    /**
     * Lets transactions that speak of one user follow each other: what they count or number is
     * theirs until they end. Empty for a user without an account.
     */
    public Mono<Boolean> lock(String user) {
        var statement =
                store.sql("select user_id from chat.users where user_id = $1 for update")
                        .bind(0, user);
        return store.one(statement, row -> true);
    }

    private Mono<Account> create(String user) {
        var wallet =
                store.sql("select billing.open_wallet($1, $2, $3) is not null as opened")
                        .bind(0, ids.next())
                        .bind(1, user)
                        .bind(2, settings.currency());
        var row =
                store.sql(
                                """
                                insert into chat.users (user_id, wallet_id)
                                select w.owner, w.wallet_id from billing.wallets w where w.owner = $1
                                on conflict do nothing
                                """)
                        .bind(0, user);
        return store.one(wallet, opened -> true)
                .then(store.change(row))
                .then(find(user))
                .switchIfEmpty(
                        Mono.error(
                                () -> new IllegalStateException("BUG: an account was not opened")));
    }

    private Mono<Account> find(String user) {
        var statement =
                store.sql(
                                """
                                select u.user_id, u.wallet_id, w.currency, u.profile_version
                                  from chat.users u join billing.wallets w on w.wallet_id = u.wallet_id
                                 where u.user_id = $1
                                """)
                        .bind(0, user);
        return store.one(
                statement,
                row ->
                        new Account(
                                required(row, "user_id", String.class),
                                required(row, "wallet_id", UUID.class),
                                required(row, "currency", String.class),
                                required(row, "profile_version", Integer.class)));
    }
}
