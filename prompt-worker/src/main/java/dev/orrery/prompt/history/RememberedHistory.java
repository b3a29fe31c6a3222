package dev.orrery.prompt.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.pipeline.prompt.HistoryWindow;
import dev.orrery.pipeline.prompt.variables.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * {@link History} that reads no turn twice while its session is going on: what was read for a turn
 * is kept, and the next one reads what has come since. That is safe, because a turn is accepted
 * when the one before it has ended, and an ended turn never changes; so what lies before a turn is
 * the same whenever it is asked for. It does not save the question itself: the reply of the turn
 * before is known to its row alone, since this worker never sees one.
 *
 * <p>Bounded in memory, and forgotten a while after its last use, so that nobody's words linger.
 * Safe for use by several threads: whoever writes last leaves something that is true.
 */
public final class RememberedHistory implements History {

    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** In UTF-16 units of texts, about twice as many bytes. */
    private static final long MOST_REMEMBERED = 32L * 1024 * 1024;

    /** What a session weighs besides its texts, in the same unit. */
    private static final int BASE_WEIGHT = 256;

    /**
     * @param upTo sequence of the last turn that was looked at
     * @param turns how many turns were asked for, at most; the exchanges are the newest of them
     */
    private record Known(int upTo, int turns, List<Exchange> exchanges) {

        int weight() {
            int units = BASE_WEIGHT;
            for (var each : exchanges) {
                units += each.user().length() + each.bot().length();
                for (var call : each.calls()) {
                    var result = call.result();
                    units += call.arguments().length() + (result == null ? 0 : result.length());
                }
            }
            return units;
        }
    }

    private final HistoryRows rows;
    private final Cache<UUID, Known> remembered =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_REMEMBERED)
                    .weigher((UUID session, Known known) -> known.weight())
                    .expireAfterAccess(UNUSED)
                    .build();

    public RememberedHistory(HistoryRows rows) {
        this.rows = rows;
    }

    @Override
    public Mono<List<Exchange>> before(UUID session, int sequence, HistoryWindow window) {
        return Mono.defer(() -> {
            var known = usable(remembered.getIfPresent(session), sequence, window.mostTurns());
            return known == null
                    ? all(session, sequence, window)
                    : extended(session, sequence, window, known);
        });
    }

    /**
     * Null for what a turn that comes again would see too much of, or another revision too little.
     */
    private static @Nullable Known usable(@Nullable Known known, int sequence, int mostTurns) {
        return known == null || known.upTo() >= sequence || known.turns() < mostTurns
                ? null
                : known;
    }

    private Mono<List<Exchange>> all(UUID session, int sequence, HistoryWindow window) {
        var wide = HistoryWindow.widest(window.mostTurns());
        return rows.between(session, 0, sequence, wide)
                .map(read -> kept(session, sequence, window, wide, read));
    }

    private Mono<List<Exchange>> extended(
            UUID session, int sequence, HistoryWindow window, Known known) {
        var wide = HistoryWindow.widest(known.turns());
        if (known.upTo() == sequence - 1) {
            return Mono.just(window.of(known.exchanges()));
        }
        return rows.between(session, known.upTo(), sequence, wide)
                .flatMap(read -> {
                    if (read.size() < sequence - 1 - known.upTo()) {
                        // A turn between has no answer, or does not fit and hides what is before
                        // it.
                        return all(session, sequence, window);
                    }
                    var both = new ArrayList<>(known.exchanges());
                    both.addAll(read);
                    return Mono.just(kept(session, sequence, window, wide, both));
                });
    }

    private List<Exchange> kept(
            UUID session,
            int sequence,
            HistoryWindow window,
            HistoryWindow wide,
            List<Exchange> exchanges) {
        var newest = wide.of(exchanges);
        remembered
                .asMap()
                .merge(
                        session,
                        new Known(sequence - 1, wide.mostTurns(), newest),
                        RememberedHistory::later);
        return window.of(newest);
    }

    /** A turn that comes again must not take away what later ones have read. */
    private static Known later(Known before, Known now) {
        boolean isOlder = now.upTo() < before.upTo() && now.turns() <= before.turns();
        return isOlder ? before : now;
    }
}
