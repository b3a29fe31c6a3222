package dev.orrery.llm.guard;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Gauges of guards that come and go. Those with the same label share gauges, which go with the last
 * of them; beyond 1,000 labels further guards are shown under a more general one.
 *
 * <p>Thread-safe.
 *
 * @param <L> label
 * @param <G> guard
 */
final class Shown<L, G> {

    private static final int MOST_LABELS = 1_000;

    private record Group<G>(Set<G> members, List<? extends Meter> gauges) {}

    private final Map<L, Group<G>> groups = new ConcurrentHashMap<>();
    private final BiFunction<L, Collection<G>, List<? extends Meter>> gauges;
    private final UnaryOperator<L> general;
    private final MeterRegistry meters;

    /**
     * @param gauges registers those of a label, over guards that change meanwhile
     * @param general the label of those for which there is no room
     */
    Shown(
            BiFunction<L, Collection<G>, List<? extends Meter>> gauges,
            UnaryOperator<L> general,
            MeterRegistry meters) {
        this.gauges = gauges;
        this.general = general;
        this.meters = meters;
    }

    /**
     * Shows a guard.
     *
     * @return the label that it is shown under, to hide it again
     */
    L show(L wanted, G guard) {
        boolean fits = groups.size() < MOST_LABELS || groups.containsKey(wanted);
        var label = fits ? wanted : general.apply(wanted);
        groups.compute(
                label,
                (same, known) -> {
                    var group = known == null ? opened(label) : known;
                    group.members().add(guard);
                    return group;
                });
        return label;
    }

    private Group<G> opened(L label) {
        Set<G> members = ConcurrentHashMap.newKeySet();
        return new Group<>(members, gauges.apply(label, members));
    }

    void hide(L label, G guard) {
        groups.computeIfPresent(
                label,
                (same, group) -> {
                    group.members().remove(guard);
                    if (!group.members().isEmpty()) {
                        return group;
                    }
                    group.gauges().forEach(meters::remove);
                    return null;
                });
    }
}
