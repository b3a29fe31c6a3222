package dev.orrery.embedded.redis;

import java.nio.file.Path;

/**
 * How Redis is run.
 *
 * @param data directory of its append-only file, its log and its lock; created if missing
 * @param port 1 to 65535, or 0 for a free one
 * @param keepsData whether writes are on disk within a second; without, a restart begins empty
 * @param binaries where the program is unpacked once (about 6 MB) and used from then on; may be
 *     shared by several JVMs, must not be on a file system mounted noexec
 */
public record RedisOptions(Path data, int port, boolean keepsData, Path binaries) {

    public RedisOptions {
        data = data.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** Keeping its data, with its program beside it. */
    public static RedisOptions durable(Path data, int port) {
        return new RedisOptions(data, port, true, data.resolve("binaries"));
    }
}
