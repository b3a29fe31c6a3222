package dev.orrery.llm.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.orrery.llm.time.Ticker;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One guard for each thing that is guarded, made when it is first asked for. Callers may invent
 * names without end, so only 10,000 are kept, those in use before others, and none that nobody has
 * asked for in a while.
 *
 * <p>Thread-safe.
 *
 * @param <K> what is guarded
 * @param <L> label, see {@link Shown}
 * @param <G> guard
 */
final class Guards<K, L, G> {

    static final int MOST = 10_000;

    private record Labelled<L, G>(L label, G guard) {}

    private final Cache<K, Labelled<L, G>> guards;
    private final Function<K, L> labels;
    private final Function<K, G> maker;
    private final Shown<L, G> shown;

    /**
     * @param idle how long one is kept that nobody asks for; longer than any call, and than what a
     *     guard has to remember
     */
    Guards(
            Duration idle,
            Function<K, L> labels,
            Function<K, G> maker,
            Shown<L, G> shown,
            Ticker ticker) {
        this.labels = labels;
        this.maker = maker;
        this.shown = shown;
        this.guards =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(idle)
                        .ticker(ticker::now)
                        .executor(Runnable::run) // upkeep is short, and no thread has to wait
                        .evictionListener(
                                (@Nullable K key,
                                        @Nullable Labelled<L, G> value,
                                        RemovalCause cause) -> hide(value))
                        .build();
    }

    G of(K key) {
        return guards.get(key, this::labelled).guard();
    }

    private Labelled<L, G> labelled(K key) {
        var guard = maker.apply(key);
        return new Labelled<>(shown.show(labels.apply(key), guard), guard);
    }

    private void hide(@Nullable Labelled<L, G> value) {
        if (value != null) {
            shown.hide(value.label(), value.guard());
        }
    }
}
