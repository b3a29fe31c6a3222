package dev.orrery.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir Path data;

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        // given
        try (EmbeddedDatabase first = EmbeddedDatabase.start(data, 0)) {
            execute(first, "CREATE TABLE planets AS SELECT 'mars' AS name");
        }

        // when
        try (EmbeddedDatabase second = EmbeddedDatabase.start(data, 0)) {

            // then
            assertThat(value(second, "SELECT name FROM planets")).isEqualTo("mars");
            assertThat(value(second, "SHOW fsync")).isEqualTo("on");
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.superuser(), "");
    }
}
