package dev.orrery.embedded;

import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.StartFailed;
import dev.orrery.embedded.kafka.EmbeddedKafka;
import dev.orrery.embedded.postgres.DatabaseOptions;
import dev.orrery.embedded.postgres.Durability;
import dev.orrery.embedded.postgres.EmbeddedDatabase;
import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.redis.RedisOptions;
import dev.orrery.embedded.registry.SchemaRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Kafka, PostgreSQL, Redis and the schema registry on one data directory.
 *
 * <p>Safe on any thread. No shutdown hook is set: whoever starts them closes them, after everything
 * that uses them.
 */
public final class EmbeddedServers implements AutoCloseable {

    private final DirectoryLock lock;

    private final EmbeddedKafka kafka;

    private final SchemaRegistry registry;

    private final EmbeddedDatabase database;

    private final EmbeddedRedis redis;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServers(
            DirectoryLock lock,
            EmbeddedKafka kafka,
            SchemaRegistry registry,
            EmbeddedDatabase database,
            EmbeddedRedis redis) {
        this.lock = lock;
        this.kafka = kafka;
        this.registry = registry;
        this.database = database;
        this.redis = redis;
    }

    /**
     * Starts all of them: PostgreSQL and Redis beside Kafka, the registry after it.
     *
     * <p>Blocks until all serve clients: 3 to 8 s; each part gives up by itself, Kafka being the
     * slowest with 60 s. If one fails, those that did start are closed again before this throws.
     *
     * @param listener told about each part as it comes up, on the thread that started it, maybe two
     *     at once
     * @throws dev.orrery.embedded.host.DirectoryTaken if another JVM runs on the data directory
     * @throws dev.orrery.embedded.host.PortTaken if that is all that went wrong
     * @throws StartFailed otherwise, with one line for each part that failed
     */
    public static EmbeddedServers start(ServerOptions options, Consumer<Progress> listener) {
        DirectoryLock lock = DirectoryLock.take(options.data());
        try (Startup startup = new Startup(listener)) {
            return start(options, lock, startup);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static EmbeddedServers start(
            ServerOptions options, DirectoryLock lock, Startup startup) {
        Layout layout = new Layout(options.data());
        boolean durable = options.durability() == Durability.DURABLE;
        var kafka =
                startup.begin(
                        "Kafka", () -> EmbeddedKafka.start(layout.kafka(), options.kafkaPort()));
        var registry =
                startup.beginAfter(
                        kafka,
                        "schema registry",
                        broker ->
                                SchemaRegistry.start(
                                        broker.bootstrapServers(), options.registryPort()));
        var database =
                startup.begin(
                        "PostgreSQL",
                        () ->
                                EmbeddedDatabase.start(
                                        new DatabaseOptions(
                                                layout.postgres(),
                                                options.databasePort(),
                                                options.durability(),
                                                layout.binaries())));
        var redis =
                startup.begin(
                        "Redis",
                        () ->
                                EmbeddedRedis.start(
                                        new RedisOptions(
                                                layout.redis(),
                                                options.redisPort(),
                                                durable,
                                                layout.binaries())));
        startup.awaitAll();
        return new EmbeddedServers(
                lock, kafka.join(), registry.join(), database.join(), redis.join());
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    public EmbeddedDatabase database() {
        return database;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    /**
     * Stops them in reverse order and keeps their data. Blocks, typically for 2 s; does nothing the
     * second time.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Nested, so that a part that cannot be closed does not keep the others open.
            try (lock;
                    kafka;
                    database;
                    redis) {
                registry.close();
            }
        }
    }
}
