package dev.orrery.embedded.registry;

import dev.orrery.embedded.host.Ports;
import dev.orrery.embedded.host.StartFailed;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A schema registry for Avro that clients of Confluent's can use: same paths, same wire format,
 * same topic.
 *
 * <p>It is the only writer of its topic: run one registry per Kafka. It serves reads from memory
 * also while Kafka is away; registering then fails after 10 s and may be repeated. There are no
 * deletes, references or modes. Safe on any thread; whoever starts it closes it, before Kafka.
 */
public final class SchemaRegistry implements AutoCloseable {

    private static final String NAME = "the schema registry";

    private final SchemaLog log;

    private final RegistryServer server;

    private final int port;

    private final AtomicBoolean closed = new AtomicBoolean();

    private SchemaRegistry(SchemaLog log, RegistryServer server, int port) {
        this.log = log;
        this.server = server;
        this.port = port;
    }

    /** As {@link #start(RegistryOptions)}, with FULL_TRANSITIVE compatibility. */
    public static SchemaRegistry start(String bootstrapServers, int port) {
        return start(RegistryOptions.strict(bootstrapServers, port));
    }

    /**
     * Starts the registry, creating its topic if missing.
     *
     * <p>Blocks until it has read its topic, typically for half a second; gives up when Kafka does
     * not answer one request within 30 s.
     *
     * @throws dev.orrery.embedded.host.PortTaken if somebody else listens on the port
     * @throws StartFailed for any other reason
     */
    public static SchemaRegistry start(RegistryOptions options) {
        int port = Ports.freeOr(options.port(), NAME);
        Subjects subjects = new Subjects();
        SchemaLog log = SchemaLog.open(options.bootstrapServers(), subjects::apply);
        try {
            Routes routes = new Routes(new Registrations(subjects, log, options.defaultLevel()));
            return new SchemaRegistry(log, RegistryServer.start(routes, port), port);
        } catch (IOException cause) {
            log.close();
            throw new StartFailed(
                    "%s did not start on port %d: %s".formatted(NAME, port, cause), cause);
        } catch (RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    /** What clients are given as {@code schema.registry.url}. */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops it; its topic stays. Blocks for at most 15 s; does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
            log.close();
        }
    }
}
