package dev.orrery.embedded.testing;

import dev.orrery.embedded.host.Directories;
import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that all tests of one JVM share: on free ports and a temporary directory, with
 * commits that do not wait for the disk. Each starts when it is first asked for, so a test that
 * needs PostgreSQL alone pays for nothing else. They end with the JVM, and their directory with
 * them; tests neither start nor close them.
 *
 * <p>There is one instance per JVM on purpose: starting Kafka for each test class would take most
 * of a build. Tests stay apart by names: a database, topics and keys of their own.
 */
public final class SharedServers {

    private static final Logger LOG = LoggerFactory.getLogger(SharedServers.class);

    private static final SharedServers INSTANCE = new SharedServers();

    private final Path directory;

    private final DirectoryLock lock;

    private final Lazy<EmbeddedDatabase> database = new Lazy<>(this::startDatabase);

    private final Lazy<EmbeddedKafka> kafka = new Lazy<>(this::startKafka);

    private final Lazy<SchemaRegistry> registry = new Lazy<>(this::startRegistry);

    private final Lazy<EmbeddedRedis> redis = new Lazy<>(this::startRedis);

    private final AtomicInteger databases = new AtomicInteger();

    private SharedServers() {
        TestDirectories.clearLeftovers();
        TestDirectories.Held held = TestDirectories.create();
        directory = held.path();
        lock = held.lock();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "test-servers-end"));
    }

    /** PostgreSQL. Blocks the first caller for 1 to 6 s. */
    public static EmbeddedDatabase database() {
        return INSTANCE.database.get();
    }

    /**
     * Creates an empty database and returns its name, for {@link EmbeddedDatabase#jdbcUrl(String)}
     * and {@link EmbeddedDatabase#url(String)}. Roles are shared by all databases of the server, as
     * PostgreSQL has it.
     */
    public static String newDatabase() {
        String name = "test_" + INSTANCE.databases.incrementAndGet();
        database().createIfMissing(name);
        return name;
    }

    /**
     * Kafka, without any topic. Blocks the first caller for 1 to 8 s. Whoever bounces it bounces it
     * for all tests.
     */
    public static EmbeddedKafka kafka() {
        return INSTANCE.kafka.get();
    }

    /**
     * The schema registry, on {@link #kafka()}. Blocks the first caller for 1 s beside what Kafka
     * takes.
     */
    public static SchemaRegistry registry() {
        return INSTANCE.registry.get();
    }

    /** Redis, beginning empty. Blocks the first caller for 0.5 s. */
    public static EmbeddedRedis redis() {
        return INSTANCE.redis.get();
    }

    private EmbeddedDatabase startDatabase() {
        return EmbeddedDatabase.start(TestDirectories.database(directory));
    }

    private EmbeddedRedis startRedis() {
        return EmbeddedRedis.start(TestDirectories.redis(directory));
    }

    private EmbeddedKafka startKafka() {
        return EmbeddedKafka.start(directory.resolve("kafka"), 0);
    }

    private SchemaRegistry startRegistry() {
        return SchemaRegistry.start(kafka.get().bootstrapServers(), 0);
    }

    /**
     * On the thread of the shutdown hook; one that cannot be closed must not keep the others open.
     */
    private void end() {
        Stream.of(registry, redis, database, kafka)
                .flatMap(part -> part.ifStarted().stream())
                .forEach(this::end);
        try {
            Directories.delete(directory);
        } catch (IOException cause) {
            LOG.warn("{} stays behind: {}", directory, cause.toString());
        } finally {
            lock.close();
        }
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception cause) {
            LOG.warn("A test server in {} could not be closed", directory, cause);
        }
    }
}
