package dev.orrery.enrichment.cache;

import dev.orrery.events.CacheLayer;
import dev.orrery.pipeline.redis.Redis;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Redis, shared by all replicas. */
final class RedisLayer implements Layer {

    private final Redis redis;
    private final Duration lifetime;

    /**
     * @param lifetime of an entry, whatever its freshness
     */
    RedisLayer(Redis redis, Duration lifetime) {
        this.redis = redis;
        this.lifetime = lifetime;
    }

    @Override
    public CacheLayer place() {
        return CacheLayer.REDIS;
    }

    @Override
    public Mono<Stored> find(Key key) {
        return redis.ask(commands -> commands.get(key.name())).map(RedisFormat::decode);
    }

    @Override
    public Mono<Void> keep(Key key, Stored stored) {
        var lifetimeMillis = SetArgs.Builder.px(lifetime.toMillis());
        return redis.ask(commands ->
                        commands.set(key.name(), RedisFormat.encode(stored), lifetimeMillis))
                .then();
    }

    @Override
    public Mono<Void> forget(List<Key> keys) {
        var names = keys.stream().map(Key::name).toArray(String[]::new);
        return redis.ask(commands -> commands.del(names)).then();
    }

    @Override
    public boolean forgetsByItself() {
        return true;
    }
}
