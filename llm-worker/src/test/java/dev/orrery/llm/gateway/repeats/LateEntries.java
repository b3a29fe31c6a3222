package dev.orrery.llm.gateway.repeats;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** A Redis that does what it is told, and may be late to say so. On one thread only. */
final class LateEntries implements Entries {

    /** How the writing of an entry is answered. */
    enum Adds {
        IN_TIME,
        TOO_LATE,
        NEVER
    }

    private final Map<String, byte[]> entries = new HashMap<>();
    private Adds adds = Adds.IN_TIME;

    void add(Adds how) {
        adds = how;
    }

    boolean hold(NamedRequest request) {
        return entries.containsKey(request.key());
    }

    @Override
    public Mono<Boolean> add(String key, byte[] entry, Duration life) {
        return Mono.defer(() -> {
            boolean added = entries.putIfAbsent(key, entry) == null;
            return switch (adds) {
                case IN_TIME -> Mono.just(added);
                case TOO_LATE -> Mono.error(new TimeoutException("250 ms"));
                case NEVER -> Mono.never();
            };
        });
    }

    @Override
    public Mono<byte[]> find(String key) {
        return Mono.defer(() -> Mono.justOrEmpty(entries.get(key)));
    }

    @Override
    public Mono<Boolean> replace(String key, byte[] old, byte[] entry, Duration life) {
        return Mono.fromCallable(() -> isStill(key, old) && entries.put(key, entry) != null);
    }

    @Override
    public Mono<Boolean> remove(String key, byte[] old) {
        return Mono.fromCallable(() -> isStill(key, old) && entries.remove(key) != null);
    }

    private boolean isStill(String key, byte[] old) {
        return Arrays.equals(entries.get(key), old);
    }
}
