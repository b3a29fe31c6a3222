package dev.orrery.ingest.messages;

import dev.orrery.events.CancelRequested;
import dev.orrery.ids.DerivedId;
import dev.orrery.ingest.turns.TurnReads;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.event.EventContext;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.pipeline.turn.Announcements;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.FinishVerdict;
import dev.orrery.pipeline.turn.TurnRow;
import dev.orrery.pipeline.turn.Turns;
import dev.orrery.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stops a turn because its user wants so. */
@Component
final class Cancellation {

    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);
    private static final Duration LONGEST_TELLING = Duration.ofSeconds(30);

    private final TurnReads reads;
    private final Turns turns;
    private final Announcements announcements;
    private final Publisher publisher;
    private final Clock clock;

    Cancellation(
            TurnReads reads,
            Turns turns,
            Announcements announcements,
            Publisher publisher,
            Clock clock) {
        this.reads = reads;
        this.turns = turns;
        this.announcements = announcements;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Ends the user's turn as cancelled; a turn that has ended stays as it is. Returns the row,
     * which is durable.
     *
     * <p>1 the row ends; 2 everybody is told. A crash between the two leaves the telling of the end
     * to the sweeper, and the provider's call to its lease, which is not renewed any more.
     */
    Mono<TurnRow> cancel(String user, UUID turn) {
        return reads.find(user, turn)
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(open -> turns.finish(turn, new Finish.Cancelled()))
                .map(this::ended);
    }

    private TurnRow ended(FinishVerdict verdict) {
        return switch (verdict) {
            case FinishVerdict.Ended ended -> {
                if (ended.byThisCall()) {
                    tell(ended.row());
                }
                yield ended.row();
            }
            case FinishVerdict.Superseded ignored ->
                    throw new IllegalStateException("BUG: a cancellation was superseded by a run");
            case FinishVerdict.Unknown ignored -> throw Problem.notFound();
        };
    }

    private void tell(TurnRow cancelled) {
        Mono.whenDelayError(publisher.publish(stop(cancelled)), announcements.announce(cancelled))
                .timeout(LONGEST_TELLING)
                .subscribe(
                        done -> {},
                        failure ->
                                log.warn(
                                        "The sweeper will announce this end: turn={} cause={}",
                                        cancelled.turnId(),
                                        failure.toString()));
    }

    private Event<CancelRequested> stop(TurnRow cancelled) {
        var now = clock.instant();
        var id = cancelled.turnId();
        return new Event<>(
                Topics.CHAT_CANCELLATIONS,
                id.toString(),
                null,
                CancelRequested.newBuilder().setTurnId(id.toString()).setRequestedAt(now).build(),
                new EventContext(
                        DerivedId.ofEvent(id, CancelRequested.class.getSimpleName(), 0),
                        "ingest-api",
                        now,
                        id.toString(),
                        null,
                        cancelled.deadline(),
                        null));
    }
}
