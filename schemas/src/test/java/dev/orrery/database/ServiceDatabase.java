package dev.orrery.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/**
 * A migrated database of its own, with one client that has the rights of a service and one that may
 * do everything. When it is closed, its books must add up.
 */
record ServiceDatabase(Client superuser, Client service, Scene scene) implements AutoCloseable {

    /**
     * @param role of the service: {@code orrery_ingest} and so on
     */
    static ServiceDatabase of(String role) {
        try {
            var database = MigratedDatabase.create();
            var superuser = database.asSuperuser();
            return new ServiceDatabase(superuser, database.as(role), new Scene(superuser));
        } catch (SQLException failure) {
            throw new IllegalStateException("no database for " + role, failure);
        }
    }

    @Override
    public void close() throws SQLException {
        try (superuser;
                service) {
            assertThat(superuser.differences()).isEmpty();
        }
    }
}
