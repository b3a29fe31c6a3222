package dev.orrery.embedded.redis;

import dev.orrery.embedded.host.Command;
import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data directory of Redis and the server on it.
 *
 * <p>The server is a daemon in a session of its own, so an interrupt typed at the terminal reaches
 * this JVM alone, which stops its parts in their order. A server counts as ours only if it names
 * our configuration file when asked: process ids and ports are used again by others. All methods
 * block.
 */
final class RedisDaemon {

    private static final Logger LOG = LoggerFactory.getLogger(RedisDaemon.class);

    private static final Duration LAUNCH_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private static final int LOG_LINES_SHOWN = 12;

    private final Path data;

    private final Path configuration;

    private final Path pidFile;

    private final Path log;

    RedisDaemon(Path data) {
        this.data = data;
        this.configuration = data.resolve("redis.conf");
        this.pidFile = data.resolve("redis.pid");
        this.log = data.resolve("redis.log");
    }

    /** Starts the server; returns when it serves commands, after at most 30 s. */
    void start(Path program, int port, boolean keepsData) throws IOException {
        Files.writeString(configuration, configuration(port, keepsData));
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Command.Result launch =
                new Command(List.of(program.toString(), configuration.toString()), "")
                        .run(LAUNCH_TIMEOUT);
        if (!launch.succeeded() || !within(READY_TIMEOUT, () -> isServing(port))) {
            stop();
            throw new StartFailed(
                    "Redis did not start on %s:%d%n%s%n%s"
                            .formatted(Ports.LOOPBACK, port, launch.text(), lastLogLines()));
        }
    }

    private String configuration(int port, boolean keepsData) {
        return """
        bind %s
        port %d
        dir "%s"
        daemonize yes
        pidfile "%s"
        logfile "%s"
        loglevel warning
        appendonly %s
        save ""
        maxmemory 256mb
        # Whoever keeps something here can build it again: the least recently used gives way, no write is refused.
        maxmemory-policy allkeys-lru
        """
                .formatted(Ports.LOOPBACK, port, data, pidFile, log, keepsData ? "yes" : "no");
    }

    /**
     * Stops a server that an earlier JVM left behind. The caller holds the lock of the data
     * directory, so whatever runs here has no owner.
     */
    void endOrphan() throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        OptionalInt port = configuredPort();
        if (port.isPresent() && answersAsOurs(port.getAsInt())) {
            LOG.info("Redis of an earlier run is still up on {}: stopping it", data);
            stop();
        }
        Files.deleteIfExists(pidFile);
    }

    /** Stops the server if it runs: everything is written. Blocks for at most 24 s. */
    void stop() throws IOException {
        OptionalInt port = configuredPort();
        if (port.isEmpty() || !answersAsOurs(port.getAsInt())) {
            return;
        }
        OptionalLong process = askToEnd(port.getAsInt());
        if (within(STOP_TIMEOUT, () -> !Files.exists(pidFile) && !answersAsOurs(port.getAsInt()))) {
            return;
        }
        LOG.warn("Redis on {} did not stop within {}: ending it", data, STOP_TIMEOUT);
        process.ifPresent(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static OptionalLong askToEnd(int port) {
        try (RedisConnection connection = new RedisConnection(port)) {
            String id = connection.info("process_id").orElse("");
            connection.shutDown();
            return id.matches("\\d{1,10}")
                    ? OptionalLong.of(Long.parseLong(id))
                    : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    /** The port of the last start, which may not be that of the next. */
    private OptionalInt configuredPort() throws IOException {
        if (!Files.exists(configuration)) {
            return OptionalInt.empty();
        }
        return Files.readAllLines(configuration).stream()
                .filter(line -> line.matches("port \\d{1,5}"))
                .mapToInt(line -> Integer.parseInt(line.substring("port ".length())))
                .findFirst();
    }

    private boolean answersAsOurs(int port) {
        try (RedisConnection connection = new RedisConnection(port)) {
            return connection
                    .info("config_file")
                    .filter(configuration.toString()::equals)
                    .isPresent();
        } catch (IOException nobody) {
            return false;
        }
    }

    private boolean isServing(int port) {
        try (RedisConnection connection = new RedisConnection(port)) {
            return connection.isReady() && answersAsOurs(port);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean within(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private String lastLogLines() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }
}
