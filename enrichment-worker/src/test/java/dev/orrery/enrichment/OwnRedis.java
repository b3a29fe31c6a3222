package dev.orrery.enrichment;

import dev.orrery.embedded.redis.EmbeddedRedis;
import dev.orrery.embedded.redis.RedisOptions;
import java.nio.file.Path;

/** A Redis that a test may stop and start; it forgets everything meanwhile. */
public final class OwnRedis implements AutoCloseable {

    private final RedisOptions options;
    private EmbeddedRedis running;

    public OwnRedis(Path directory) {
        var binaries = Path.of(System.getProperty("user.home"), ".cache", "orrery", "embedded");
        this.running =
                EmbeddedRedis.start(
                        new RedisOptions(directory.resolve("redis"), 0, false, binaries));
        this.options =
                new RedisOptions(directory.resolve("redis"), running.port(), false, binaries);
    }

    public String url() {
        return running.url();
    }

    public void stop() {
        running.close();
    }

    /** Where it was before. */
    public void start() {
        running = EmbeddedRedis.start(options);
    }

    @Override
    public void close() {
        running.close();
    }
}
