package dev.orrery.prompt.revisions;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** The configuration revisions. */
public interface Revisions {

    /**
     * The revision of this id; empty when there is none. Fails with {@link MalformedRevision} when
     * what is stored cannot be used, with {@link dev.orrery.pipeline.stage.StageFailure.Transient}
     * while the database is away.
     */
    Mono<Revision> of(UUID revision);
}
