package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orrery.embedded.testing.SharedServers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    @Test
    void changeNothingTheSecondTime() {
        // given
        var database = SharedServers.newDatabase();
        MigratedDatabase.migrate(database);

        // when, then
        assertThatCode(() -> MigratedDatabase.migrate(database)).doesNotThrowAnyException();
    }

    @Test
    void canBeAppliedToTwoDatabasesOfOneServerAtOnce() {
        // given
        var databases = List.of(SharedServers.newDatabase(), SharedServers.newDatabase());

        // when
        var migrations =
                databases.stream()
                        .map(database ->
                                CompletableFuture.runAsync(
                                        () -> MigratedDatabase.migrate(database)))
                        .toArray(CompletableFuture[]::new);

        // then
        assertThatCode(() -> CompletableFuture.allOf(migrations).join()).doesNotThrowAnyException();
    }

    @Test
    void giveEachServiceTheRoleItLogsInWith() throws SQLException {
        // given
        MigratedDatabase.create();
        var server = SharedServers.database();

        // when
        try (var connection =
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), server.superuser(), "");
                var roles =
                        connection
                                .createStatement()
                                .executeQuery(
                                        """
                                        select string_agg(rolname, ' ' order by rolname) from pg_authid
                                         where rolname like 'orrery%' and rolcanlogin and rolpassword is not null
                                           and not rolsuper and not rolcreatedb and not rolcreaterole
                                        """)) {
            roles.next();

            // then
            assertThat(roles.getString(1))
                    .isEqualTo(
                            "orrery_billing orrery_enrichment orrery_ingest orrery_llm orrery_prompt");
        }
    }
}
