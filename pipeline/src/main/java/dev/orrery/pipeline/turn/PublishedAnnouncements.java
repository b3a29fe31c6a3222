package dev.orrery.pipeline.turn;

import dev.orrery.pipeline.publish.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** {@link Announcements} in {@code chat.replies} and {@code chat.outcomes}. */
public final class PublishedAnnouncements implements Announcements {

    private static final Logger log = LoggerFactory.getLogger(PublishedAnnouncements.class);

    private final Publisher publisher;
    private final Turns turns;

    public PublishedAnnouncements(Publisher publisher, Turns turns) {
        this.publisher = publisher;
        this.turns = turns;
    }

    @Override
    public Mono<Void> announce(TurnRow ended) {
        return Mono.defer(() ->
                // 1 Somebody waits for the reply, so it leaves first; neither waits for the other.
                Mono.when(
                                publisher.publish(TurnEvents.terminalReply(ended)),
                                publisher.publish(TurnEvents.outcome(ended)))
                        // 2 A crash between 1 and 2 leaves the row unmarked: the sweeper publishes
                        // both again.
                        .doOnSuccess(ignored -> note(ended)));
    }

    private void note(TurnRow ended) {
        turns.outcomePublished(ended.turnId())
                .subscribe(
                        noted -> {},
                        failure ->
                                log.debug(
                                        "The sweeper will publish this end again: turn={}",
                                        ended.turnId(),
                                        failure));
    }
}
