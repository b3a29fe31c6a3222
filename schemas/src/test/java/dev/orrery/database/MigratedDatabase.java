package dev.orrery.database;

import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.embedded.testing.SharedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A migrated database of its own, a copy of one that was migrated once per JVM. */
final class MigratedDatabase {

    static final Map<String, String> PASSWORDS =
            Map.of(
                    "ingest_password", "it's a \"password\"",
                    "enrichment_password", "test",
                    "prompt_password", "test",
                    "llm_password", "test",
                    "billing_password", "test");

    private static final AtomicInteger COPIES = new AtomicInteger();

    private final String name;

    private MigratedDatabase(String name) {
        this.name = name;
    }

    static MigratedDatabase create() throws SQLException {
        var name = "copy_" + COPIES.incrementAndGet();
        try (var connection = connect("postgres", server().superuser());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + Template.NAME);
        }
        return new MigratedDatabase(name);
    }

    /** Applies what is missing; several may do so at once. */
    static void migrate(String database) {
        Flyway.configure()
                .dataSource(server().jdbcUrl(database), server().superuser(), "")
                .placeholders(PASSWORDS)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    /** A client with the rights of a service: {@code orrery_ingest} and so on. */
    Client as(String role) throws SQLException {
        return new Client(connect(name, role));
    }

    /** A client that may do everything. */
    Client asSuperuser() throws SQLException {
        return as(server().superuser());
    }

    private static Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection(server().jdbcUrl(database), role, "");
    }

    private static EmbeddedDatabase server() {
        return SharedServers.database();
    }

    /** Migrated when the first copy is asked for. */
    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            var name = SharedServers.newDatabase();
            migrate(name);
            return name;
        }
    }
}
