package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.admin.authors.AuthorThreads;
import dev.orrery.pipeline.http.Problem;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Whether a revision may be put in force, for whoever else does that than an {@link Activation}.
 */
@Component
public final class RevisionCheck {

    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final AuthorThreads threads;

    RevisionCheck(ConfigRows configs, RevisionRows revisions, AuthorThreads threads) {
        this.configs = configs;
        this.revisions = revisions;
        this.threads = threads;
    }

    /**
     * Completes when no lint finds an error; else fails with the {@link Problem} that shows them.
     */
    public Mono<Void> passes(UUID revision) {
        return revisions
                .find(revision)
                .flatMap(found ->
                        configs.botOf(found.configId())
                                .flatMap(bot ->
                                        threads.compute(() -> RevisionLint.passed(found, bot))))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .then();
    }
}
