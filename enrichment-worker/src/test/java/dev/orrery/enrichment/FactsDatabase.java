package dev.orrery.enrichment;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database of its own, with the view of somebody who may look at everything. */
public final class FactsDatabase implements AutoCloseable {

    private final String url;
    private final Connection superuser;
    private final ConnectionPool pool;

    public FactsDatabase() {
        var server = SharedServers.database();
        var name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        this.url = server.url(name);
        try {
            this.superuser =
                    DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        this.pool = pool(url);
    }

    private static ConnectionPool pool(String url) {
        var address = DatabaseAddress.parse(url);
        return new Database(address, "orrery_enrichment", "orrery", 4, "test").open();
    }

    /** What a worker is told in {@code DATABASE_URL}. */
    public String url() {
        return url;
    }

    /** As the worker sees it: with its own role's rights and no more. */
    public DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    /** One where nobody listens. */
    public static DatabaseClient away() {
        return at(1);
    }

    /** Whatever listens at this port of this machine. */
    public static DatabaseClient at(int port) {
        return DatabaseClient.create(pool("postgresql://127.0.0.1:" + port + "/nobody"));
    }

    /** Stores a version of a user's profile, as the door does. */
    public void profile(String user, int version, String document) throws SQLException {
        run(
                "insert into chat.users (user_id, wallet_id) values (?, ?::uuid) on conflict do nothing",
                user,
                UUID.randomUUID().toString());
        run(
                "insert into chat.profiles (user_id, version, document) values (?, ?::int, ?::jsonb)",
                user,
                Integer.toString(version),
                document);
    }

    /** Facts stored under the hash of a question. */
    public int facts(String question) throws SQLException {
        return count("select count(*) from enrichment.facts where question = ?", question);
    }

    /** The number that a query with one parameter answers with. */
    public int count(String statement, String parameter) throws SQLException {
        try (var query = superuser.prepareStatement(statement)) {
            query.setString(1, parameter);
            var rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    public void run(String statement, String... parameters) throws SQLException {
        try (var prepared = superuser.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setString(i + 1, parameters[i]);
            }
            prepared.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        pool.dispose();
    }
}
