package dev.orrery.enrichment.cache;

import dev.orrery.pipeline.redis.Redis;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** {@link FetchLock} as a key of Redis that expires. */
final class RedisFetchLock implements FetchLock {

    /** Nobody gives back what somebody else has taken since. */
    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private final Redis redis;
    private final Duration lifetime;

    /**
     * @param lifetime after which a lock is free whose owner died; as long as a fetch may take
     */
    RedisFetchLock(Redis redis, Duration lifetime) {
        this.redis = redis;
        this.lifetime = lifetime;
    }

    @Override
    public Mono<Boolean> take(Key key, String owner) {
        var ifFree = SetArgs.Builder.nx().px(lifetime.toMillis());
        return redis.ask(commands -> commands.set(name(key), bytes(owner), ifFree))
                .hasElement(); // Redis answers nil when the key is there
    }

    @Override
    public Mono<Void> release(Key key, String owner) {
        return redis.ask(commands ->
                        commands.<Long>eval(
                                        RELEASE,
                                        ScriptOutputType.INTEGER,
                                        new String[] {name(key)},
                                        bytes(owner))
                                .next())
                .onErrorComplete() // it lapses
                .then();
    }

    private static String name(Key key) {
        return key.name() + ":lock";
    }

    private static byte[] bytes(String owner) {
        return owner.getBytes(StandardCharsets.UTF_8);
    }
}
