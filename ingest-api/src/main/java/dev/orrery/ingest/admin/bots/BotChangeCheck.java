package dev.orrery.ingest.admin.bots;

import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Whether what answers for a bot can live with a change of the bot. */
public interface BotChangeCheck {

    /**
     * Completes when it can; else fails with the {@link dev.orrery.pipeline.http.Problem} that says
     * why.
     *
     * @param was metadata of the bot, as it is kept
     * @param is metadata that is to take its place
     */
    Mono<Void> passes(UUID bot, ObjectNode was, ObjectNode is);
}
