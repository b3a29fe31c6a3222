package dev.orrery.enrichment.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.events.CacheLayer;
import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** The memory of this process, bounded by weight. */
final class InstanceLayer implements Layer {

    /** What an entry takes besides its text: key, times and the cache's own bookkeeping. */
    private static final int BASE_BYTES = 512;

    private final Cache<Key, Stored> entries;

    /**
     * @param weight of all entries together, estimated
     * @param lifetime of an entry, whatever its freshness
     */
    InstanceLayer(DataSize weight, Duration lifetime) {
        this.entries =
                Caffeine.newBuilder()
                        .maximumWeight(weight.toBytes())
                        .weigher(
                                (Key key, Stored stored) -> BASE_BYTES + stored.document().length())
                        .expireAfterWrite(lifetime)
                        .build();
    }

    @Override
    public CacheLayer place() {
        return CacheLayer.INSTANCE;
    }

    @Override
    public Mono<Stored> find(Key key) {
        return Mono.fromSupplier(() -> entries.getIfPresent(key));
    }

    @Override
    public Mono<Void> keep(Key key, Stored stored) {
        return Mono.fromRunnable(() -> entries.put(key, stored));
    }

    @Override
    public Mono<Void> forget(List<Key> keys) {
        return Mono.fromRunnable(() -> entries.invalidateAll(keys));
    }

    @Override
    public boolean forgetsByItself() {
        return true;
    }
}
