package dev.orrery.embedded.postgres;

import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * PostgreSQL 18 as a child process that listens on loopback only, with trust authentication: every
 * role may connect without a password.
 *
 * <p>It outlives this JVM if that is killed; the next start on the same directory finds the orphan
 * by its process id, stops it and goes on with its data. Safe on any thread. No shutdown hook is
 * set: whoever starts it closes it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** The database that exists after each start. */
    public static final String DEFAULT_DATABASE = "orrery";

    private final DirectoryLock lock;

    private final Cluster cluster;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DirectoryLock lock, Cluster cluster, int port) {
        this.lock = lock;
        this.cluster = cluster;
        this.port = port;
    }

    /**
     * As {@link #start(DatabaseOptions)}, durable and with its programs below the data directory.
     */
    public static EmbeddedDatabase start(Path data, int port) {
        return start(DatabaseOptions.durable(data, port));
    }

    /**
     * Starts PostgreSQL on the directory, creating the cluster and the database {@value
     * #DEFAULT_DATABASE} if missing.
     *
     * <p>Blocks until it accepts connections: about 1 s, 2 to 6 s the first time. Gives up after 60
     * s for creating the cluster, 80 s for stopping an orphan, 40 s for starting.
     *
     * @throws dev.orrery.embedded.host.PortTaken if somebody else listens on the port
     * @throws dev.orrery.embedded.host.DirectoryTaken if another JVM runs on the directory
     * @throws StartFailed for any other reason, with what PostgreSQL said
     */
    public static EmbeddedDatabase start(DatabaseOptions options) {
        return DirectoryLock.start("PostgreSQL", options.data(), lock -> start(options, lock));
    }

    private static EmbeddedDatabase start(DatabaseOptions options, DirectoryLock lock)
            throws IOException {
        Cluster cluster = new Cluster(options.data(), Binaries.unpackedIn(options.binaries()));
        cluster.initialiseOnce();
        cluster.endOrphan();
        int port = Ports.freeOr(options.port(), "PostgreSQL");
        cluster.start(new Settings(port, options.durability()));
        EmbeddedDatabase database = new EmbeddedDatabase(lock, cluster, port);
        try {
            database.createIfMissing(DEFAULT_DATABASE);
            return database;
        } catch (RuntimeException failure) {
            cluster.stop();
            throw failure;
        }
    }

    /**
     * Stops a server that a killed JVM left behind, if there is one. Blocks for at most 80 s.
     *
     * @throws dev.orrery.embedded.host.DirectoryTaken if a JVM runs on the directory
     */
    public static void endOrphan(DatabaseOptions options) {
        try (DirectoryLock owned = DirectoryLock.take(options.data())) {
            new Cluster(options.data(), Binaries.unpackedIn(options.binaries())).endOrphan();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    public String host() {
        return Ports.LOOPBACK;
    }

    public int port() {
        return port;
    }

    /** The role that may do everything; it needs no password. */
    public String superuser() {
        return Cluster.SUPERUSER;
    }

    /** Where the database {@value #DEFAULT_DATABASE} is, for JDBC; without user. */
    public String jdbcUrl() {
        return jdbcUrl(DEFAULT_DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:" + url(database);
    }

    /**
     * Where the database {@value #DEFAULT_DATABASE} is, as {@code postgresql://host:port/name};
     * without user.
     */
    public String url() {
        return url(DEFAULT_DATABASE);
    }

    public String url(String database) {
        return "postgresql://%s:%d/%s".formatted(host(), port, database);
    }

    /** Creates an empty database if there is none of that name. Blocks, typically for 0.1 s. */
    public void createIfMissing(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "database name: %s (expected: a-z first, then a-z 0-9 _, at most 63 in all)"
                            .formatted(name));
        }
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl("postgres"), superuser(), "");
                Statement statement = connection.createStatement()) {
            if (!exists(statement, name)) {
                statement.executeUpdate("CREATE DATABASE " + name);
            }
        } catch (SQLException cause) {
            throw new StartFailed(
                    "cannot create database %s: %s".formatted(name, cause.getMessage()), cause);
        }
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(name))) {
            return rows.next();
        }
    }

    /**
     * Stops it and keeps the data. Blocks for 0.2 s typically, 80 s at most; does nothing the
     * second time.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                cluster.stop();
            } finally {
                lock.close();
            }
        }
    }
}
