package dev.orrery.pipeline.fallback;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.pipeline.database.Database;
import dev.orrery.pipeline.database.DatabaseAddress;
import dev.orrery.pipeline.database.Migrations;
import io.r2dbc.pool.ConnectionPool;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;

/** A migrated database, with the rules it was seeded with. */
final class RuleDatabase implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final ConnectionPool pool;

    /**
     * @param role whose rights readers have
     */
    RuleDatabase(String role) {
        var server = SharedServers.database();
        name = SharedServers.newDatabase();
        Migrations.migrate(server.jdbcUrl(name), server.superuser(), "");
        pool =
                new Database(DatabaseAddress.parse(server.url(name)), role, "orrery", 2, "test")
                        .open();
    }

    FallbackRuleRows source() {
        return new FallbackRuleRows(DatabaseClient.create(pool), PATIENCE);
    }

    List<FallbackRule> read() {
        return Objects.requireNonNull(source().read().block(PATIENCE));
    }

    FallbackRules rules() {
        return new FallbackRules(read(), FallbackSettings.DEFAULT);
    }

    void run(String sql) throws SQLException {
        var server = SharedServers.database();
        try (var connection =
                        DriverManager.getConnection(server.jdbcUrl(name), server.superuser(), "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
