package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.shared.Reachability;
import dev.orrery.llm.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The entries of all replicas, as long as they can be reached ({@code
 * orrery.gateway.repeats.shared}, 1 or 0). Never fails, and never blocks.
 */
final class SharedEntries {

    private final Entries entries;
    private final RepeatSettings settings;
    private final Ticker ticker;
    private final Reachability reachability;
    private final Budget budget;
    private final Entry.Form form = new Entry.Form();

    SharedEntries(Entries entries, RepeatSettings settings, Ticker ticker, MeterRegistry meters) {
        this.entries = entries;
        this.settings = settings;
        this.ticker = ticker;
        this.budget = new Budget(settings.share().toBytes(), settings.life(), ticker);
        this.reachability =
                new Reachability(
                        "Answers to named requests",
                        "orrery.gateway.repeats.shared",
                        ticker,
                        meters);
    }

    /** What an owner writes where nothing stands. */
    byte[] pending(NamedRequest request, String owner) {
        return form.pending(request.fingerprint(), owner);
    }

    /**
     * Takes a name that is free.
     *
     * @param mine see {@link #pending}
     * @param life after which the name is free again, whatever became of its owner
     */
    Mono<Found> take(NamedRequest request, byte[] mine, Duration life) {
        if (!reachability.isWorthATry()) {
            return Mono.just(new Found.Unknown());
        }
        return entries.add(request.key(), mine, life)
                .flatMap(added -> added ? Mono.just(new Found.Nothing()) : look(request))
                .doOnNext(found -> reachability.reached())
                .onErrorResume(failure -> {
                    reachability.missed(failure);
                    return Mono.just(new Found.Unclear());
                });
    }

    private Mono<Found> look(NamedRequest request) {
        return entries.find(request.key())
                .publishOn(ticker.scheduler()) // an answer may be large
                .map(this::read)
                .defaultIfEmpty(new Found.GoneAgain());
    }

    private Found read(byte[] entry) {
        return form.read(entry).<Found>map(Found.Something::new).orElseGet(Found.Unreadable::new);
    }

    /**
     * Has an answer take the place of what its owner wrote; false when it is too large for that, or
     * its service has too many.
     */
    Mono<Boolean> keep(NamedRequest request, byte[] mine, Outcome.Answered answer) {
        var kept = form.kept(request.fingerprint(), answer);
        boolean fits =
                kept.length <= settings.maxAnswer().toBytes()
                        && budget.spend(request.service(), kept.length);
        return fits
                ? written(entries.replace(request.key(), mine, kept, settings.life()))
                        .thenReturn(true)
                : release(request, mine).thenReturn(false);
    }

    /** Lets somebody else have the name. */
    Mono<Void> release(NamedRequest request, byte[] mine) {
        return written(entries.remove(request.key(), mine));
    }

    /** An answer is there, whether others come to know of it or not. */
    private Mono<Void> written(Mono<Boolean> change) {
        return change.doOnNext(changed -> reachability.reached())
                .doOnError(reachability::missed)
                .onErrorComplete()
                .publishOn(ticker.scheduler())
                .then();
    }
}
