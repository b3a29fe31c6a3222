package dev.orrery.pipeline.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.Map;

/**
 * How an app reaches its database.
 *
 * @param address where it is
 * @param user the role of the service
 * @param password of the role
 * @param poolSize most connections, 1 to 200
 * @param application name that the server shows for these connections
 */
public record Database(
        DatabaseAddress address, String user, String password, int poolSize, String application) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);

    /** Above what the server itself cuts off; a longer silence means that it is not there. */
    private static final Duration LONGEST_SILENCE = STATEMENT_TIMEOUT.plusSeconds(2);

    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);
    private static final Duration IDLE_TIME = Duration.ofMinutes(10);
    private static final Duration LIFE_TIME = Duration.ofMinutes(30);
    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(30);
    private static final int PREPARED_STATEMENTS = 256;
    private static final int WARM = 2;

    public Database {
        if (poolSize < 1 || poolSize > 200) {
            throw new IllegalArgumentException(
                    "orrery.database.pool-size: " + poolSize + " (expected: 1 to 200)");
        }
    }

    /** Opens a pool; connections come when they are first needed. The caller disposes it. */
    public ConnectionPool open() {
        var warm = Math.min(WARM, poolSize);
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(connections())
                        .name(application)
                        .initialSize(warm)
                        .minIdle(warm)
                        .maxSize(poolSize)
                        .maxAcquireTime(ACQUIRE_TIMEOUT)
                        .maxCreateConnectionTime(CONNECT_TIMEOUT)
                        .acquireRetry(1)
                        .maxIdleTime(IDLE_TIME)
                        .maxLifeTime(LIFE_TIME)
                        .backgroundEvictionInterval(EVICTION_INTERVAL)
                        .validationDepth(ValidationDepth.LOCAL)
                        .build());
    }

    private ConnectionFactory connections() {
        return new WatchedConnections(
                new PostgresqlConnectionFactory(connection()), LONGEST_SILENCE);
    }

    private PostgresqlConnectionConfiguration connection() {
        return PostgresqlConnectionConfiguration.builder()
                .host(address.host())
                .port(address.port())
                .database(address.database())
                .username(user)
                .password(password)
                .applicationName(application)
                .connectTimeout(CONNECT_TIMEOUT)
                .statementTimeout(STATEMENT_TIMEOUT)
                .lockWaitTimeout(LOCK_TIMEOUT)
                .options(
                        Map.of(
                                "idle_in_transaction_session_timeout",
                                Long.toString(IDLE_IN_TRANSACTION.toMillis())))
                .preparedStatementCacheQueries(PREPARED_STATEMENTS)
                .tcpNoDelay(true)
                .tcpKeepAlive(true)
                .sslMode(address.encrypted() ? SSLMode.REQUIRE : SSLMode.DISABLE)
                .build();
    }

    /** Without the password, which must not reach a log. */
    @Override
    public String toString() {
        return user + "@" + address.host() + ":" + address.port() + "/" + address.database();
    }
}
