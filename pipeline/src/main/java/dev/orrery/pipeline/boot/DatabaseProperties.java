package dev.orrery.pipeline.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this app reaches its database.
 *
 * @param enabled whether the app has one; without, it can read turns' events but not end a turn
 * @param url {@code postgresql://host:port/database}
 * @param user role of the service
 * @param password of the role
 * @param poolSize most connections, 1 to 200
 */
@ConfigurationProperties("orrery.database")
record DatabaseProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("postgresql://localhost:5432/orrery") String url,
        @DefaultValue("orrery") String user,
        @DefaultValue("orrery") String password,
        @DefaultValue("8") int poolSize) {

    /** Without the password, which must not reach a log. */
    @Override
    public String toString() {
        return "DatabaseProperties[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
