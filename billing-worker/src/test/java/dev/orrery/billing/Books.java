package dev.orrery.billing;

import dev.orrery.embedded.testing.SharedServers;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database of its own, with the view of somebody who may look at everything. */
public final class Books {

    private final String name;
    private final String jdbcUrl;
    private final ConnectionFactory connections;

    public Books() {
        this.name = SharedServers.newDatabase();
        var server = SharedServers.database();
        this.jdbcUrl = server.jdbcUrl(name);
        Flyway.configure()
                .dataSource(jdbcUrl, server.superuser(), "")
                .placeholders(
                        Map.of(
                                "ingest_password", "test",
                                "enrichment_password", "test",
                                "prompt_password", "test",
                                "llm_password", "test",
                                "billing_password", "test"))
                .load()
                .migrate();
        this.connections =
                ConnectionFactories.get(
                        "r2dbc:postgresql://orrery_billing@"
                                + server.host()
                                + ":"
                                + server.port()
                                + "/"
                                + name);
    }

    /** As the billing worker sees it: with its own role's rights and no more. */
    public DatabaseClient asWorker() {
        return DatabaseClient.create(connections);
    }

    public ConnectionFactory connections() {
        return connections;
    }

    /** As {@link #connections()}, with settings of the server's for each of them. */
    public ConnectionFactory connections(Map<String, String> settings) {
        var server = SharedServers.database();
        return new PostgresqlConnectionFactory(
                PostgresqlConnectionConfiguration.builder()
                        .host(server.host())
                        .port(server.port())
                        .database(name)
                        .username("orrery_billing")
                        .options(settings)
                        .build());
    }

    /** What a worker is told in {@code DATABASE_URL}. */
    String url() {
        return SharedServers.database().url(name);
    }

    /** Cuts everybody off, and lets nobody in until {@link #open()}. */
    void shut() throws SQLException {
        runElsewhere("alter database " + name + " allow_connections false");
        runElsewhere(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + name
                        + "'");
    }

    void open() throws SQLException {
        runElsewhere("alter database " + name + " allow_connections true");
    }

    private static void runElsewhere(String statement) throws SQLException {
        var server = SharedServers.database();
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), server.superuser(), "");
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    /** A wallet with so much in it. */
    public UUID wallet(long micros) throws SQLException {
        var wallet = UUID.randomUUID();
        run("select billing.open_wallet('" + wallet + "', '" + wallet + "', 'INR')");
        run(
                "select billing.top_up('"
                        + UUID.randomUUID()
                        + "', '"
                        + wallet
                        + "', 'INR', "
                        + micros
                        + ")");
        return wallet;
    }

    /** So many payments of one micro each. */
    public void payments(UUID wallet, int count) throws SQLException {
        run(
                "select billing.top_up('%s-' || n, '%s', 'INR', 1) from generate_series(1, %d) as n"
                        .formatted(UUID.randomUUID(), wallet, count));
    }

    /** A line that stands where the use of this turn would have to be posted. */
    public void occupy(UUID turn, UUID wallet) throws SQLException {
        run(
                """
                insert into billing.entries (entry_key, wallet_id, debit_account, credit_account, currency, amount_micros)
                values ('use:%s', '%s', 'a', 'b', 'INR', 1)
                """
                        .formatted(turn, wallet));
    }

    /** A turn that holds so much of a wallet. */
    public UUID hold(UUID wallet, long micros) throws SQLException {
        var turn = UUID.randomUUID();
        run(
                "insert into billing.holds (turn_id, wallet_id, amount_micros) values ('%s', '%s', %d)"
                        .formatted(turn, wallet, micros));
        run(
                "update billing.wallets set held_micros = held_micros + %d where wallet_id = '%s'"
                        .formatted(micros, wallet));
        return turn;
    }

    public long posted(UUID wallet) throws SQLException {
        return number(
                "select posted_micros from billing.wallets where wallet_id = '" + wallet + "'");
    }

    public long held(UUID wallet) throws SQLException {
        return number("select held_micros from billing.wallets where wallet_id = '" + wallet + "'");
    }

    public long entries() throws SQLException {
        return number("select count(*) from billing.entries where turn_id is not null");
    }

    public long outbox() throws SQLException {
        return number("select count(*) from billing.outbox");
    }

    public long differences() throws SQLException {
        return number("select count(*) from billing.differences");
    }

    public List<String> entryKeysInOrder() throws SQLException {
        try (var connection = connect();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select entry_key from billing.entries order by entry_number")) {
            var keys = new java.util.ArrayList<String>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }

    private long number(String query) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String statement) throws SQLException {
        try (var connection = connect()) {
            connection.createStatement().execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, SharedServers.database().superuser(), "");
    }
}
