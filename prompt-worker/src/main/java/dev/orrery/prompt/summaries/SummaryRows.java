package dev.orrery.prompt.summaries;

import reactor.core.publisher.Mono;

/** {@link Summaries} that can also be added to. */
interface SummaryRows extends Summaries {

    /**
     * The turns of a session that are due, as of one of its turns; empty when there are not enough
     * of them yet. Fails with {@link dev.orrery.pipeline.stage.StageFailure.Transient} while the
     * database is away.
     */
    Mono<Backlog> due(Ended ended, Reach reach);

    /**
     * Stores a summary of a backlog, unless somebody else has stored one of the same version, or
     * the one it goes on from is gone: then it is false. Fails as {@link #due} does.
     */
    Mono<Boolean> add(Backlog backlog, Written written);
}
