package dev.orrery.ingest.store;

import dev.orrery.pipeline.database.DatabaseFailures;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * PostgreSQL as the door uses it. Every answer comes within {@link StoreSettings#patience} or fails
 * as {@link dev.orrery.pipeline.stage.StageFailure.Transient}; then the statement may have had its
 * effect or not. May be called on any thread; never blocks.
 */
@Component
public final class Store {

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final StoreSettings settings;

    @Autowired
    Store(DatabaseClient database, ConnectionFactory connections, StoreSettings settings) {
        this(
                database,
                TransactionalOperator.create(new R2dbcTransactionManager(connections)),
                settings);
    }

    private Store(
            DatabaseClient database, TransactionalOperator transactions, StoreSettings settings) {
        this.database = database;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** The most that an answer takes. */
    public Duration patience() {
        return settings.patience();
    }

    /** A statement with parameters {@code $1, $2, …}, bound by index from 0. */
    public GenericExecuteSpec sql(String statement) {
        return database.sql(statement);
    }

    /** The one row; empty when there is none. */
    public <T> Mono<T> one(GenericExecuteSpec statement, Function<Readable, T> row) {
        return timely(statement.map(row::apply).one());
    }

    /** All rows; the statement limits them. */
    public <T> Flux<T> all(GenericExecuteSpec statement, Function<Readable, T> row) {
        return statement
                .map(row::apply)
                .all()
                .collectList()
                .transform(this::timely)
                .flatMapIterable(rows -> rows);
    }

    /** How many rows the statement changed. */
    public Mono<Long> change(GenericExecuteSpec statement) {
        return timely(statement.fetch().rowsUpdated());
    }

    /** Runs the steps in one transaction. */
    public <T> Mono<T> together(Mono<T> steps) {
        return timely(steps.as(transactions::transactional));
    }

    /**
     * Runs steps that read a lot in one transaction, with a patience of their own. PostgreSQL is
     * told of it, too, and gives the statement up when nobody waits for it any more.
     *
     * @param patience longest wait for all of it, above 0
     * @param steps given this database with that patience
     */
    public <T> Mono<T> slowly(Duration patience, Function<Store, Mono<T>> steps) {
        var patient = new Store(database, transactions, new StoreSettings(patience));
        var told =
                patient.sql("select set_config('statement_timeout', $1, true) as told")
                        .bind(0, Long.toString(patience.toMillis()));
        return patient.together(
                patient.one(told, row -> true).then(Mono.defer(() -> steps.apply(patient))));
    }

    private <T> Mono<T> timely(Mono<T> answer) {
        return answer.timeout(settings.patience()).onErrorMap(DatabaseFailures::classified);
    }
}
