package dev.orrery.embedded.postgres;

import java.nio.file.Path;

/**
 * How PostgreSQL is run.
 *
 * @param data directory of the cluster, its log and its lock; created if missing
 * @param port 1 to 65535, or 0 for a free one
 * @param durability what a commit survives
 * @param binaries where the programs of PostgreSQL are unpacked once (about 60 MB) and used from
 *     then on; may be shared by several JVMs, must not be on a file system mounted noexec
 */
public record DatabaseOptions(Path data, int port, Durability durability, Path binaries) {

    public DatabaseOptions {
        data = data.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** Durable, with its programs beside its data. */
    public static DatabaseOptions durable(Path data, int port) {
        return new DatabaseOptions(data, port, Durability.DURABLE, data.resolve("binaries"));
    }
}
