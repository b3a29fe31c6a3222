package dev.orrery.pipeline.profiles;

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

/** A migrated database of its own, as a worker sees it that may read profiles. */
final class ProfileDatabase implements AutoCloseable {

    private final Connection superuser;
    private final ConnectionPool pool;

    ProfileDatabase() {
        var server = SharedServers.database();
        var name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        try {
            superuser = DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        pool = pool(server.url(name));
    }

    private static ConnectionPool pool(String url) {
        var address = DatabaseAddress.parse(url);
        return new Database(address, "orrery_enrichment", "orrery", 2, "test").open();
    }

    DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    /** One where nobody listens. */
    static DatabaseClient away() {
        return DatabaseClient.create(pool("postgresql://127.0.0.1:1/nobody"));
    }

    /** Stores a version of a user's profile, as the door does. */
    void profile(String user, int version, String document) throws SQLException {
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

    void run(String statement, String... parameters) throws SQLException {
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
