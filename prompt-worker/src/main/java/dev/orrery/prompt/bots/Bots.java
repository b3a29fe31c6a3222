package dev.orrery.prompt.bots;

import dev.orrery.pipeline.prompt.variables.Bot;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The bots. */
public interface Bots {

    /**
     * The bot of this id, deleted or not; empty when there never was one. What it says may be as
     * old as the settings allow. Fails with {@link
     * dev.orrery.pipeline.stage.StageFailure.Transient} while the database is away.
     */
    Mono<Bot> of(UUID bot);
}
