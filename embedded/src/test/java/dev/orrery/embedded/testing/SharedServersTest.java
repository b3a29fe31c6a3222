package dev.orrery.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orrery.embedded.ChildJvm;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SharedServersTest {

    @Test
    void givesEachTestADatabaseOfItsOwn() throws SQLException {
        // given
        String first = SharedServers.newDatabase();
        execute(first, "CREATE TABLE planets (name text)");

        // when
        String second = SharedServers.newDatabase();

        // then
        assertThat(second).isNotEqualTo(first);
        assertThat(value(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'planets'"))
                .isEqualTo("0");
    }

    @Test
    void doesNotWaitForTheDisk() throws SQLException {
        // given
        String database = SharedServers.newDatabase();

        // when
        String fsync = value(database, "SHOW fsync");

        // then
        assertThat(fsync).isEqualTo("off");
    }

    @Test
    void clearsAwayWhatAKilledJvmLeftBehind() throws Exception {
        // given
        int port;
        try (ChildJvm child = ChildJvm.running(Child.class)) {
            port = child.port();
            child.kill();
        }

        // when
        TestDirectories.clearLeftovers();

        // then
        assertThatCode(() -> Ports.require(port, "the test")).doesNotThrowAnyException();
        assertThat(value(SharedServers.newDatabase(), "SELECT 1")).isEqualTo("1");
    }

    /** Starts a shared server and is killed. */
    public static final class Child {

        public static void main(String[] arguments) throws IOException {
            ChildJvm.serveUntilKilled(SharedServers.redis().port());
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(String name) throws SQLException {
        EmbeddedDatabase database = SharedServers.database();
        return DriverManager.getConnection(database.jdbcUrl(name), database.superuser(), "");
    }
}
