package dev.orrery.pipeline.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the version of this code. Uses JDBC, blocks, and is run before any app
 * starts.
 */
public final class Migrations {

    private static final String LOCATION = "classpath:db/migration";

    /**
     * The services whose roles migration V001 makes; each password is a placeholder named after its
     * service.
     */
    private static final List<String> SERVICES =
            List.of("ingest", "enrichment", "prompt", "llm", "billing");

    private static final String DEFAULT_PASSWORD = "orrery";

    private Migrations() {}

    /**
     * As {@link #migrate(String, String, String, Map)}, with the default password for every role.
     */
    public static void migrate(String jdbcUrl, String user, String password) {
        migrate(jdbcUrl, user, password, Map.of());
    }

    /**
     * Applies what is missing, in order. Idempotent; several processes may do so at once, one of
     * them works.
     *
     * @param user may create roles and schemas
     * @param rolePasswords by name of the service (ingest, enrichment, prompt, llm, billing);
     *     {@code orrery} where absent. They take effect when the roles are made and not afterwards.
     */
    public static void migrate(
            String jdbcUrl, String user, String password, Map<String, String> rolePasswords) {
        Flyway.configure()
                .dataSource(jdbcUrl, user, password)
                .locations(LOCATION)
                .placeholders(placeholders(rolePasswords))
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .connectRetries(0)
                .load()
                .migrate();
    }

    private static Map<String, String> placeholders(Map<String, String> rolePasswords) {
        var placeholders = new LinkedHashMap<String, String>();
        for (String service : SERVICES) {
            placeholders.put(
                    service + "_password", rolePasswords.getOrDefault(service, DEFAULT_PASSWORD));
        }
        return placeholders;
    }
}
