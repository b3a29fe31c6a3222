package dev.orrery.prompt.history;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** What the bots said first. */
public interface Greetings {

    /**
     * The greeting that opened a session, empty text for none; it never changes. Fails with {@link
     * dev.orrery.pipeline.stage.StageFailure.Transient} while the database is away.
     */
    Mono<String> of(UUID session);
}
