package dev.orrery.enrichment.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.orrery.events.CacheLayer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * The memory of this process, bounded by weight. Gauges {@code orrery.enrichment.memory.entries},
 * {@code .bytes} (estimated, as the bound counts them) and {@code .bytes.max}.
 */
final class InstanceLayer implements Layer {

    private static final String METER = "orrery.enrichment.memory";

    /** What an entry takes besides its text: key, times and the cache's own bookkeeping. */
    private static final int BASE_BYTES = 512;

    /** What a text may hold whose characters take a byte each. */
    private static final int LAST_OF_ONE_BYTE = 0xFF;

    private final Cache<Key, Stored> entries;
    private final Policy.Eviction<Key, Stored> bound;

    /**
     * @param weight of all entries together, estimated
     * @param lifetime of an entry, whatever its freshness
     */
    InstanceLayer(DataSize weight, Duration lifetime, MeterRegistry meters) {
        this.entries =
                Caffeine.newBuilder()
                        .maximumWeight(weight.toBytes())
                        .weigher((Key key, Stored stored) -> bytes(stored))
                        .expireAfterWrite(lifetime)
                        .build();
        this.bound = entries.policy().eviction().orElseThrow();
        gauge(meters, ".entries", null, InstanceLayer::entries);
        gauge(meters, ".bytes", BaseUnits.BYTES, InstanceLayer::bytes);
        gauge(meters, ".bytes.max", BaseUnits.BYTES, layer -> layer.bound.getMaximum());
    }

    private void gauge(
            MeterRegistry meters,
            String what,
            @Nullable String unit,
            ToDoubleFunction<InstanceLayer> value) {
        Gauge.builder(METER + what, this, value).baseUnit(unit).register(meters);
    }

    /**
     * As the virtual machine keeps it: a text in which one character is wide is wide throughout.
     */
    private static int bytes(Stored stored) {
        var text = stored.document();
        boolean narrow = text.chars().allMatch(character -> character <= LAST_OF_ONE_BYTE);
        return BASE_BYTES + (narrow ? text.length() : Character.BYTES * text.length());
    }

    /** Estimated; what is over may be counted for a while. */
    long entries() {
        return entries.estimatedSize();
    }

    /** Estimated, of all entries together. */
    long bytes() {
        return bound.weightedSize().orElseThrow();
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
