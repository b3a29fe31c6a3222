package dev.orrery.embedded.redis;

import dev.orrery.embedded.host.DirectoryLock;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Redis 7 as a child process that listens on loopback only, without password, with at most 256 MB
 * of data: beyond that the least recently used keys give way.
 *
 * <p>It outlives this JVM if that is killed; the next start on the same directory recognises the
 * orphan by its configuration file, stops it and goes on with its data. Safe on any thread. No
 * shutdown hook is set: whoever starts it closes it.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private final DirectoryLock lock;

    private final RedisDaemon daemon;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRedis(DirectoryLock lock, RedisDaemon daemon, int port) {
        this.lock = lock;
        this.daemon = daemon;
        this.port = port;
    }

    /**
     * As {@link #start(RedisOptions)}, keeping its data and with its program below the data
     * directory.
     */
    public static EmbeddedRedis start(Path data, int port) {
        return start(RedisOptions.durable(data, port));
    }

    /**
     * Starts Redis on the directory.
     *
     * <p>Blocks until it serves commands, typically for 0.1 s. Gives up after 24 s for stopping an
     * orphan and 30 s for starting.
     *
     * @throws dev.orrery.embedded.host.PortTaken if somebody else listens on the port
     * @throws dev.orrery.embedded.host.DirectoryTaken if another JVM runs on the directory
     * @throws StartFailed for any other reason, with what Redis said
     */
    public static EmbeddedRedis start(RedisOptions options) {
        return DirectoryLock.start("Redis", options.data(), lock -> start(options, lock));
    }

    private static EmbeddedRedis start(RedisOptions options, DirectoryLock lock)
            throws IOException {
        RedisDaemon daemon = new RedisDaemon(options.data());
        daemon.endOrphan();
        int port = Ports.freeOr(options.port(), "Redis");
        daemon.start(RedisBinary.unpackedIn(options.binaries()), port, options.keepsData());
        return new EmbeddedRedis(lock, daemon, port);
    }

    /**
     * Stops a server that a killed JVM left behind, if there is one. Blocks for at most 24 s.
     *
     * @throws dev.orrery.embedded.host.DirectoryTaken if a JVM runs on the directory
     */
    public static void endOrphan(RedisOptions options) {
        try (DirectoryLock owned = DirectoryLock.take(options.data())) {
            new RedisDaemon(options.data()).endOrphan();
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

    /** What clients are given, as {@code redis://host:port}. */
    public String url() {
        return "redis://%s:%d".formatted(host(), port);
    }

    /**
     * Stops it and keeps the data. Blocks for 0.1 s typically, 24 s at most; does nothing the
     * second time.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            daemon.stop();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } finally {
            lock.close();
        }
    }
}
