package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Document;
import dev.orrery.enrichment.source.SourceLimits;
import dev.orrery.pipeline.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Makes the cache of each kind; the layers beneath are shared by all. */
public final class FactCaches {

    /** What a fetched answer has to get into the layers before its lock lapses. */
    private static final Duration KEEPING = Duration.ofSeconds(1);

    private final CacheSettings settings;
    private final Redis redis;
    private final Layers layers;
    private final Clock clock;

    public FactCaches(
            CacheSettings settings,
            Redis redis,
            DatabaseClient database,
            Clock clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
        this.layers =
                new Layers(
                        List.of(
                                new InstanceLayer(
                                        settings.instanceWeight(), settings.lifetime(), meters),
                                new RedisLayer(redis, settings.lifetime()),
                                new DatabaseLayer(database, settings.databaseLimit())),
                        clock,
                        meters);
    }

    public <D extends Document> FactCache<D> of(Class<D> type, SourceLimits limits) {
        var lock = new RedisFetchLock(redis, limits.patience().plus(KEEPING));
        return new FactCache<>(
                type,
                limits,
                layers,
                new OneReplica(lock, settings.longestWait()),
                settings.failureMemory(),
                clock);
    }

    /**
     * Takes the answers to these questions out of every layer that this process reaches; other
     * processes have memories of their own. Fails when some may be kept for good.
     */
    public Mono<Void> forget(List<Key> keys) {
        return keys.isEmpty() ? Mono.empty() : layers.forget(keys);
    }
}
