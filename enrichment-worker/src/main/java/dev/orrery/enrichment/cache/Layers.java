package dev.orrery.enrichment.cache;

import dev.orrery.enrichment.source.Document;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The layers, nearest first: they are looked through in this order, and a fresh hit fills exactly
 * those above it. None of them can fail a look-up.
 */
final class Layers {

    private final List<LayerWatch> nearestFirst;
    private final Clock clock;

    Layers(List<Layer> nearestFirst, Clock clock, MeterRegistry meters) {
        this.nearestFirst =
                nearestFirst.stream().map(layer -> new LayerWatch(layer, meters)).toList();
        this.clock = clock;
    }

    /**
     * The nearest fresh answer; else the newest of those that are not; else nothing. A copy that
     * cannot be read is passed over like one that is not there.
     */
    <D extends Document> Mono<Found<D>> find(Key key, Class<D> type) {
        return find(key, type, 0, null);
    }

    private <D extends Document> Mono<Found<D>> find(
            Key key, Class<D> type, int depth, @Nullable Found<D> stale) {
        if (depth == nearestFirst.size()) {
            return Mono.justOrEmpty(stale);
        }
        var layer = nearestFirst.get(depth);
        return layer.find(key)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(stored -> {
                    var found = stored.flatMap(copy -> opened(copy, type, layer.layer()));
                    return found.isPresent() && found.get().fresh()
                            ? keepIn(nearestFirst.subList(0, depth), key, stored.get())
                                    .thenReturn(found.get())
                            : find(key, type, depth + 1, newer(stale, found.orElse(null)));
                });
    }

    private <D extends Document> Optional<Found<D>> opened(
            Stored stored, Class<D> type, Layer layer) {
        return DocumentForm.read(stored.document(), type)
                .map(document ->
                        new Found<>(
                                document,
                                stored.fetchedAt(),
                                stored.freshUntil(),
                                layer.place(),
                                stored.isFresh(clock.instant())));
    }

    private static <D> @Nullable Found<D> newer(@Nullable Found<D> one, @Nullable Found<D> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.fetchedAt().isAfter(one.fetchedAt()) ? other : one;
    }

    /** Puts a new answer into every layer. */
    Mono<Void> keep(Key key, Stored stored) {
        return keepIn(nearestFirst, key, stored);
    }

    /**
     * Takes these out of every layer, the farthest first: the other way round, a look-up between
     * two steps could fill the nearer ones again. A layer that fails keeps no other from
     * forgetting. Fails when one of them may keep something for good.
     */
    Mono<Void> forget(List<Key> keys) {
        return Flux.fromIterable(nearestFirst.reversed())
                .concatMapDelayError(layer -> layer.forget(keys))
                .then();
    }

    private static Mono<Void> keepIn(List<LayerWatch> layers, Key key, Stored stored) {
        return Flux.fromIterable(layers).flatMap(layer -> layer.keep(key, stored)).then();
    }
}
