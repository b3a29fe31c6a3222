package dev.orrery.ingest.admin.configs;

import static java.util.stream.Collectors.toSet;

import dev.orrery.ingest.admin.authors.AuthorThreads;
import dev.orrery.ingest.admin.bots.BotChangeCheck;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a change of a bot from breaking a prompt that answers for it now: one that speaks of {@code
 * custom.shop} would say that name to the model once the bot has no shop any more.
 */
@Component
final class PromptsInForce implements BotChangeCheck {

    private final RevisionRows revisions;
    private final AuthorThreads threads;

    PromptsInForce(RevisionRows revisions, AuthorThreads threads) {
        this.revisions = revisions;
        this.threads = threads;
    }

    /** Errors that were there before the change are no reason to refuse it. */
    @Override
    public Mono<Void> passes(UUID bot, ObjectNode was, ObjectNode is) {
        if (was.equals(is)) {
            return Mono.empty();
        }
        return revisions
                .inForce(bot)
                .concatMap(revision -> threads.compute(() -> unbroken(revision, was, is)))
                .then();
    }

    private static Revision unbroken(Revision revision, ObjectNode was, ObjectNode is) {
        var errors = newErrors(revision, was, is);
        if (!errors.isEmpty()) {
            throw broken(revision, errors);
        }
        return revision;
    }

    private static List<Finding> newErrors(Revision revision, ObjectNode was, ObjectNode is) {
        var known =
                RevisionLint.findings(revision, was).stream()
                        .filter(Finding::isError)
                        .map(Spot::of)
                        .collect(toSet());
        return RevisionLint.findings(revision, is).stream()
                .filter(finding -> finding.isError() && !known.contains(Spot.of(finding)))
                .toList();
    }

    /** An error, whatever its message counts or proposes. */
    private record Spot(String code, int line, int column) {

        static Spot of(Finding finding) {
            return new Spot(finding.code(), finding.line(), finding.column());
        }
    }

    private static Problem broken(Revision revision, List<Finding> errors) {
        return new Problem(
                ProblemCode.PROMPT_REJECTED,
                "metadata: revision %d of configuration %s is in force and would have errors"
                                .formatted(revision.number(), revision.configId())
                        + " (expected: none, see findings; change the prompt first)",
                Map.of("findings", errors));
    }
}
