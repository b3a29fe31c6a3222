package dev.orrery.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.ChildJvm;
import dev.orrery.embedded.host.DirectoryTaken;
import dev.orrery.embedded.host.PortTaken;
import dev.orrery.embedded.host.StartFailed;
import dev.orrery.embedded.testing.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    /** Shared, because unpacking the programs takes longer than any of these tests. */
    @TempDir static Path binaries;

    @TempDir Path data;

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        // given
        try (EmbeddedDatabase first = start(0)) {
            execute(first, "CREATE TABLE planets AS SELECT 'mars' AS name");
        }

        // when
        try (EmbeddedDatabase second = start(0)) {

            // then
            assertThat(value(second, "SELECT name FROM planets")).isEqualTo("mars");
        }
    }

    @Test
    void waitsForTheDiskUnlessToldOtherwise() throws SQLException {
        // given
        DatabaseOptions durable = DatabaseOptions.durable(data, 0);

        // when
        try (EmbeddedDatabase database = start(0)) {

            // then
            assertThat(durable.durability()).isEqualTo(Durability.DURABLE);
            assertThat(value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(value(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(value(database, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void isAPostgres18ThatAllowsTwoHundredConnectionsFromThisMachineAlone() throws SQLException {
        // given
        EmbeddedDatabase database = SharedServers.database();

        // when
        String version = value(database, "SHOW server_version");

        // then
        assertThat(version).startsWith("18.");
        assertThat(value(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(value(database, "SHOW max_connections")).isEqualTo("200");
        assertThat(value(database, "SELECT current_database()")).isEqualTo("orrery");
    }

    @Test
    void takesOverFromAKilledJvmOnTheSamePort() throws Exception {
        // given
        int port;
        try (ChildJvm child = ChildJvm.running(Child.class, data, binaries)) {
            port = child.port();
            execute(jdbcUrl(port), "CREATE TABLE planets AS SELECT 'venus' AS name");
            child.kill();
        }
        Postmaster orphan = Postmaster.read(pidFile());
        assertThat(orphan.isAlive()).isTrue();

        // when
        try (EmbeddedDatabase database = start(port)) {

            // then
            assertThat(value(database, "SELECT name FROM planets")).isEqualTo("venus");
            assertThat(Postmaster.read(pidFile()).processId()).isNotEqualTo(orphan.processId());
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @Test
    void ignoresAProcessIdThatSomebodyElseHasByNow() throws Exception {
        // given
        start(0).close();
        Files.writeString(
                pidFile(),
                ProcessHandle.current().pid() + "\n" + cluster() + "\n0\n5432\n\n127.0.0.1\n");

        // when
        try (EmbeddedDatabase database = start(0)) {

            // then
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysWhoWantedATakenPort() {
        // given
        int taken = SharedServers.database().port();

        // when
        var start = assertThatThrownBy(() -> start(taken));

        // then
        start.isInstanceOf(PortTaken.class)
                .hasMessageContaining("port %d is taken, and PostgreSQL wants it", taken);
    }

    @Test
    void refusesADirectoryInUse() {
        // given
        try (EmbeddedDatabase database = start(0)) {

            // when
            var start = assertThatThrownBy(() -> start(0));

            // then
            start.isInstanceOf(DirectoryTaken.class)
                    .hasMessageContaining(
                            "%s is in use by process %d", data, ProcessHandle.current().pid());
            assertThat(database.jdbcUrl()).isEqualTo(jdbcUrl(database.port()));
        }
    }

    @Test
    void tellsWhatPostgresSaidWhenItDoesNotStart() throws IOException {
        // given
        start(0).close();
        Files.writeString(cluster().resolve("pg_hba.conf"), "nonsense");

        // when
        var start = assertThatThrownBy(() -> start(0));

        // then
        start.isInstanceOf(StartFailed.class).hasMessageContaining("pg_hba.conf");
    }

    /**
     * Serves the directory given as its first argument, with the programs in its second, until it
     * is killed.
     */
    public static final class Child {

        public static void main(String[] arguments) throws IOException {
            EmbeddedDatabase database =
                    EmbeddedDatabase.start(
                            new DatabaseOptions(
                                    Path.of(arguments[0]),
                                    0,
                                    Durability.DURABLE,
                                    Path.of(arguments[1])));
            ChildJvm.serveUntilKilled(database.port());
        }
    }

    private EmbeddedDatabase start(int port) {
        return EmbeddedDatabase.start(
                new DatabaseOptions(data, port, Durability.DURABLE, binaries));
    }

    private Path cluster() {
        return data.resolve("cluster");
    }

    private Path pidFile() {
        return cluster().resolve("postmaster.pid");
    }

    private static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/orrery".formatted(port);
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        execute(database.jdbcUrl(), sql);
    }

    private static void execute(String jdbcUrl, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.superuser(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
