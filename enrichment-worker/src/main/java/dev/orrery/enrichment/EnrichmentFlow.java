package dev.orrery.enrichment;

import dev.orrery.enrichment.facts.Facts;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.TurnRef;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.pipeline.turn.Progress;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import dev.orrery.turns.ReplyStage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The enrichment worker on one screen: every fact that a turn wants is gathered, or its absence is
 * stated. Only an absent fact that is indispensable fails the turn.
 *
 * <p>It has no effect but on caches, so a redelivered request gives a context under the same event
 * id; what the context says may be newer then.
 */
final class EnrichmentFlow {

    private final Profiles profiles;
    private final Facts facts;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param patience for all facts of a turn together; less when its deadline is nearer
     */
    EnrichmentFlow(Profiles profiles, Facts facts, Duration patience, Clock clock) {
        this.profiles = profiles;
        this.facts = facts;
        this.patience = patience;
        this.clock = clock;
    }

    Flux<Event<?>> handle(Event<ChatRequested> cause) {
        var turn = cause.value().getTurn();
        return Flux.concat(
                Mono.just(Progress.reached(ReplyStage.ENRICHMENT, turn, cause)),
                gathered(cause.value(), patience(cause.context().deadline()))
                        .doOnNext(found -> requireIndispensable(cause.value().getFacts(), found))
                        .map(found -> context(cause.value(), found))
                        .map(context ->
                                cause.causes(Topics.CHAT_CONTEXTS, turn.getSessionId(), context)));
    }

    /** A turn that wants nothing is not worth a question to the database. */
    private Mono<List<Fact>> gathered(ChatRequested request, Duration limit) {
        if (request.getFacts().isEmpty()) {
            return Mono.just(List.of());
        }
        TurnRef turn = request.getTurn();
        return profiles.of(turn.getUserId(), turn.getProfileVersion())
                .flatMap(profile ->
                        facts.gather(request.getFacts(), profile, turn.getAcceptedAt(), limit));
    }

    private Duration patience(@Nullable Instant deadline) {
        if (deadline == null) {
            return patience;
        }
        var left = Duration.between(clock.instant(), deadline);
        return left.compareTo(patience) < 0 ? left : patience;
    }

    private static void requireIndispensable(List<WantedFact> wanted, List<Fact> found) {
        for (int i = 0; i < wanted.size(); i++) {
            var fact = found.get(i);
            if (wanted.get(i).getIndispensable() && fact.getState() == FactState.ABSENT) {
                throw new StageFailure.Permanent(
                        FailureCode.DATA_UNAVAILABLE,
                        fact.getKind() + ": " + fact.getAbsence() + " (expected: to be there)",
                        null);
            }
        }
    }

    private static ContextAssembled context(ChatRequested request, List<Fact> found) {
        return ContextAssembled.newBuilder()
                .setTurn(request.getTurn())
                .setText(request.getText())
                .setFacts(found)
                .build();
    }
}
