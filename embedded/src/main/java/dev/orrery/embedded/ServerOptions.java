package dev.orrery.embedded;

import dev.orrery.embedded.postgres.Durability;
import java.nio.file.Path;

/**
 * Where the servers run and how.
 *
 * @param data root of all they keep, laid out as in {@link Layout}; created if missing
 * @param kafkaPort 1 to 65535, or 0 for a free one, as all ports here
 * @param databasePort of PostgreSQL
 * @param redisPort of Redis
 * @param registryPort of the schema registry
 * @param durability what a commit to PostgreSQL survives; {@code FAST} also lets Redis begin empty
 */
public record ServerOptions(
        Path data,
        int kafkaPort,
        int databasePort,
        int redisPort,
        int registryPort,
        Durability durability) {

    public ServerOptions {
        data = data.toAbsolutePath().normalize();
    }

    /** Durable, on the ports that these servers usually have: 9092, 5432, 6379 and 8081. */
    public static ServerOptions durable(Path data) {
        return new ServerOptions(data, 9092, 5432, 6379, 8081, Durability.DURABLE);
    }

    /** The same on free ports. */
    public ServerOptions onFreePorts() {
        return new ServerOptions(data, 0, 0, 0, 0, durability);
    }
}
