package dev.orrery.llm;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database as the llm worker sees it. */
public final class LlmDatabase implements AutoCloseable {

    private final Connection superuser;
    private final ConnectionPool pool;

    public LlmDatabase() throws SQLException {
        var server = SharedServers.database();
        var name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        superuser = DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
        var address = DatabaseAddress.parse(server.url(name));
        pool = new Database(address, "orrery_llm", "orrery", 2, "llm-test").open();
    }

    /** With the rights of the worker's own role and no more. */
    public DatabaseClient asWorker() {
        return DatabaseClient.create(pool);
    }

    /** With all rights. */
    public void execute(String sql) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One column of one row, with all rights. */
    public long number(String sql) throws SQLException {
        try (var statement = superuser.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        pool.dispose();
    }
}
