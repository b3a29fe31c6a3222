package dev.orrery.llm.gateway.repeats;

import dev.orrery.pipeline.redis.Redis;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** {@link Entries} in Redis. Fails when that is away, slow or unwilling. */
final class RedisEntries implements Entries {

    /** Nobody replaces what somebody else has written since. */
    private static final String REPLACE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then"
                    + " redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3]) return 1 else return 0 end";

    /** Nor does anybody remove it. */
    private static final String REMOVE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private final Redis redis;

    RedisEntries(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Mono<Boolean> add(String key, byte[] entry, Duration life) {
        var ifAbsent = SetArgs.Builder.nx().px(life.toMillis());
        return redis.ask(commands -> commands.set(key, entry, ifAbsent))
                .hasElement(); // Redis answers nil when the key is there
    }

    @Override
    public Mono<byte[]> find(String key) {
        return redis.ask(commands -> commands.get(key));
    }

    @Override
    public Mono<Boolean> replace(String key, byte[] old, byte[] entry, Duration life) {
        return changed(REPLACE, key, old, entry, millis(life));
    }

    @Override
    public Mono<Boolean> remove(String key, byte[] old) {
        return changed(REMOVE, key, old);
    }

    private static byte[] millis(Duration life) {
        return Long.toString(life.toMillis()).getBytes(StandardCharsets.US_ASCII);
    }

    private Mono<Boolean> changed(String script, String key, byte[]... arguments) {
        return redis.ask(commands ->
                        commands.<Long>eval(
                                        script,
                                        ScriptOutputType.INTEGER,
                                        new String[] {key},
                                        arguments)
                                .next())
                .map(count -> count == 1);
    }
}
