package dev.orrery.pipeline.database;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is.
 *
 * @param host name or address
 * @param port 1 to 65,535
 * @param database its name on that server
 * @param encrypted whether the connection is to be encrypted, without asking who the server is
 */
public record DatabaseAddress(String host, int port, String database, boolean encrypted) {

    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://host:port/database}, with {@code ?sslmode=require} behind it where
     * the connection is to be encrypted. User and password have settings of their own.
     */
    public static DatabaseAddress parse(String url) {
        var address = URI.create(url);
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        var path = address.getPath();
        if (!(scheme.equals("postgresql") || scheme.equals("postgres"))
                || address.getHost() == null
                || address.getUserInfo() != null
                || path == null
                || path.length() < 2) {
            // The value may hold a password; it is not repeated.
            throw new IllegalArgumentException(
                    "orrery.database.url: expected postgresql://host:port/database, without user and password");
        }
        return new DatabaseAddress(
                address.getHost(),
                address.getPort() < 0 ? DEFAULT_PORT : address.getPort(),
                path.substring(1),
                encrypted(address.getQuery()));
    }

    /** The same place for a JDBC driver, which only migrations use. */
    public String jdbcUrl() {
        return "jdbc:postgresql://"
                + host
                + ":"
                + port
                + "/"
                + database
                + (encrypted ? "?sslmode=require" : "");
    }

    private static boolean encrypted(@Nullable String query) {
        if (query == null || query.isEmpty() || query.equals("sslmode=disable")) {
            return false;
        }
        if (query.equals("sslmode=require")) {
            return true;
        }
        throw new IllegalArgumentException(
                "orrery.database.url: ?" + query + " (expected: ?sslmode=require or disable)");
    }
}
