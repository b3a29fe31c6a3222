package dev.orrery.llm.gateway.repeats;

import dev.orrery.llm.gateway.answer.Outcome;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * The name of a request, as one call has claimed it; whether it was given to that call or not,
 * since nothing but what the call wrote is replaced or removed. Others see in Redis what becomes of
 * it.
 */
final class ClaimedName implements Claim.Promise {

    private final SharedEntries entries;
    private final NamedRequest request;
    private final byte[] mine;
    private final Consumer<String> counts;

    /**
     * @param owner tells this call from all others, of this process and of others
     * @param counts what becomes of the request
     */
    ClaimedName(
            SharedEntries entries, NamedRequest request, String owner, Consumer<String> counts) {
        this.entries = entries;
        this.request = request;
        this.mine = entries.pending(request, owner);
        this.counts = counts;
    }

    /**
     * Takes the name if it is free.
     *
     * @param life after which it is free again, whatever became of this call
     */
    Mono<Found> take(Duration life) {
        return entries.take(request, mine, life);
    }

    boolean isOf(Entry entry) {
        return entry.fingerprint().equals(request.fingerprint());
    }

    void count(String outcome) {
        counts.accept(outcome);
    }

    @Override
    public Mono<Void> end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed ignored -> giveUp();
            case Outcome.Answered answered ->
                    entries.keep(request, mine, answered)
                            .doOnNext(kept -> {
                                if (!kept) {
                                    count("too_large");
                                }
                            })
                            .then();
        };
    }

    @Override
    public Mono<Void> giveUp() {
        return entries.release(request, mine);
    }
}
