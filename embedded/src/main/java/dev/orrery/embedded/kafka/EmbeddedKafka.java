package dev.orrery.embedded.kafka;

import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Kafka in this JVM: one node, broker and controller at once, that listens on loopback only and
 * keeps its cluster id, topics and offsets in the directory.
 *
 * <p>Safe on any thread; the methods that start and stop block and exclude each other. No shutdown
 * hook is set: whoever starts it closes it. Topics are not created by use.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String NAME = "Kafka";

    private final DirectoryLock lock;

    private final BrokerSettings settings;

    private final String clusterId;

    /** Null while stopped, and for ever once {@link #closed}. */
    private @Nullable Broker running;

    private boolean closed;

    private EmbeddedKafka(DirectoryLock lock, BrokerSettings settings, String clusterId) {
        this.lock = lock;
        this.settings = settings;
        this.clusterId = clusterId;
    }

    /**
     * Starts Kafka on the directory, formatting it the first time.
     *
     * <p>Blocks until clients are served: 3 to 8 s, and up to 3 s more after a kill; gives up after
     * 60 s.
     *
     * @param port for clients, or 0 for a free one; may differ from that of the last start
     * @throws dev.orrery.embedded.host.PortTaken if somebody else listens on the port
     * @throws dev.orrery.embedded.host.DirectoryTaken if another JVM runs on the directory
     * @throws StartFailed for any other reason
     */
    public static EmbeddedKafka start(Path data, int port) {
        return DirectoryLock.start(
                NAME,
                data,
                lock -> {
                    EmbeddedKafka kafka = prepared(data.toAbsolutePath().normalize(), port, lock);
                    kafka.restart();
                    return kafka;
                });
    }

    private static EmbeddedKafka prepared(Path data, int port, DirectoryLock lock)
            throws IOException {
        if (port != 0) {
            Ports.require(port, NAME);
        }
        // The controller's port is nobody's business but ours: a free one each time, distinct from
        // the other.
        var free = Ports.free(2);
        Path log = data.resolve("log");
        String clusterId = clusterId(data.resolve("cluster.id"));
        Broker.format(log, clusterId);
        return new EmbeddedKafka(
                lock,
                new BrokerSettings(log, port == 0 ? free.get(0) : port, free.get(1)),
                clusterId);
    }

    /**
     * The id is on disk before the directory is formatted with it, so a crash in between leaves
     * them equal.
     */
    private static String clusterId(Path file) throws IOException {
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling("cluster.id.unfinished");
            Files.writeString(unfinished, Uuid.randomUuid().toString());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** What clients are given, as {@code host:port}; stays the same for the life of this object. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + settings.port();
    }

    public int port() {
        return settings.port();
    }

    public String clusterId() {
        return clusterId;
    }

    /**
     * Ends the broker; clients lose it until {@link #restart()}. Does nothing while stopped.
     * Blocks, typically for half a second; the broker itself gives up a clean stop after 5 minutes.
     */
    public synchronized void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    /**
     * Starts the broker again on the same port and directory; does nothing while it runs. Blocks as
     * {@link #start} does.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException(
                    "Kafka on %s is closed".formatted(settings.directory()));
        }
        if (running == null) {
            Ports.require(settings.port(), NAME);
            running = Broker.start(settings.asMap());
        }
    }

    /** Stops the broker and starts it again, for tests of what clients make of that. */
    public synchronized void bounce() {
        stop();
        restart();
    }

    /**
     * Stops it and keeps the data; does nothing the second time. Blocks as {@link #stop()} does.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            lock.close();
        }
    }
}
