package dev.orrery.pipeline.database;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A connection that is in doubt once somebody gave up an answer of it. The driver puts the next
 * statement behind the unanswered one, and where the server's host has vanished without a word the
 * socket looks well for a quarter of an hour; so a connection in doubt has to answer a question
 * before the pool hands it out again, and is closed if it does not.
 *
 * <p>Nothing waits without end: a command that is not answered within the longest silence fails
 * with a {@link java.util.concurrent.TimeoutException}.
 *
 * <p>Thread safety: as the connection's, used by one at a time; giving up may happen on any thread.
 */
final class WatchedConnection implements Connection {

    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(1);

    private final Connection connection;
    private final Duration longestSilence;
    private volatile boolean inDoubt;

    WatchedConnection(Connection connection, Duration longestSilence) {
        this.connection = connection;
        this.longestSilence = longestSilence;
    }

    /** Asked by the pool before it hands the connection out. */
    @Override
    public Publisher<Boolean> validate(ValidationDepth depth) {
        return inDoubt
                ? Mono.from(connection.validate(ValidationDepth.REMOTE))
                        .timeout(PROOF_TIMEOUT)
                        .onErrorReturn(false)
                        .doOnNext(answers -> inDoubt = !answers)
                : connection.validate(depth);
    }

    @Override
    public Statement createStatement(String sql) {
        return new WatchedStatement(connection.createStatement(sql), this::watched);
    }

    /** Only the first answer is timed: a reader may take its time with the rest. */
    private Flux<Result> watched(Publisher<? extends Result> results) {
        return Flux.<Result>from(results)
                .doOnCancel(this::doubt)
                .timeout(Mono.delay(longestSilence));
    }

    private Mono<Void> command(Publisher<Void> command) {
        return Mono.from(command).doOnCancel(this::doubt).timeout(longestSilence);
    }

    private void doubt() {
        inDoubt = true;
    }

    @Override
    public Publisher<Void> beginTransaction() {
        return command(connection.beginTransaction());
    }

    @Override
    public Publisher<Void> beginTransaction(TransactionDefinition definition) {
        return command(connection.beginTransaction(definition));
    }

    @Override
    public Publisher<Void> commitTransaction() {
        return command(connection.commitTransaction());
    }

    @Override
    public Publisher<Void> rollbackTransaction() {
        return command(connection.rollbackTransaction());
    }

    @Override
    public Publisher<Void> createSavepoint(String name) {
        return command(connection.createSavepoint(name));
    }

    @Override
    public Publisher<Void> releaseSavepoint(String name) {
        return command(connection.releaseSavepoint(name));
    }

    @Override
    public Publisher<Void> rollbackTransactionToSavepoint(String name) {
        return command(connection.rollbackTransactionToSavepoint(name));
    }

    @Override
    public Publisher<Void> setAutoCommit(boolean autoCommit) {
        return command(connection.setAutoCommit(autoCommit));
    }

    @Override
    public Publisher<Void> setLockWaitTimeout(Duration timeout) {
        return command(connection.setLockWaitTimeout(timeout));
    }

    @Override
    public Publisher<Void> setStatementTimeout(Duration timeout) {
        return command(connection.setStatementTimeout(timeout));
    }

    @Override
    public Publisher<Void> setTransactionIsolationLevel(IsolationLevel level) {
        return command(connection.setTransactionIsolationLevel(level));
    }

    @Override
    public Publisher<Void> close() {
        return connection.close();
    }

    @Override
    public Batch createBatch() {
        throw new UnsupportedOperationException("batches are not watched; send statements");
    }

    @Override
    public boolean isAutoCommit() {
        return connection.isAutoCommit();
    }

    @Override
    public ConnectionMetadata getMetadata() {
        return connection.getMetadata();
    }

    @Override
    public IsolationLevel getTransactionIsolationLevel() {
        return connection.getTransactionIsolationLevel();
    }
}
