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
 * Keeps prompts with errors from answering anybody. None is put in force that has one, and a bot
 * does not change so that one in force would have one: a prompt that speaks of {@code custom.shop}
 * would say that name to the model once the bot has no shop any more.
 *
 * <p>The two must not pass each other by, so both are decided behind the bot's lock. A lint may
 * take long, so a revision is first looked at without the lock ({@link #sound}), and once more
 * behind it only if the bot has changed meanwhile ({@link #still}).
 */
@Component
public final class SoundPrompts implements BotChangeCheck {

    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final AuthorThreads threads;

    SoundPrompts(ConfigRows configs, RevisionRows revisions, AuthorThreads threads) {
        this.configs = configs;
        this.revisions = revisions;
        this.threads = threads;
    }

    /** What its author should know of a revision, errors included. */
    Mono<List<Finding>> findings(Revision revision, ConfiguredBot bot) {
        return threads.compute(() -> RevisionLint.findings(revision, bot.metadata()));
    }

    /** As {@link #sound(Revision, ConfiguredBot)}, of whichever bot it belongs to. */
    public Mono<SoundRevision> sound(UUID revision) {
        return revisions
                .find(revision)
                .flatMap(found -> configs.botOf(found.configId()).flatMap(bot -> sound(found, bot)))
                .switchIfEmpty(Mono.error(Problem::notFound));
    }

    /** Fails with the {@link Problem} that shows the errors, if there are any. */
    Mono<SoundRevision> sound(Revision revision, ConfiguredBot bot) {
        return findings(revision, bot)
                .map(findings -> {
                    if (findings.stream().anyMatch(Finding::isError)) {
                        throw rejected(revision, findings);
                    }
                    return new SoundRevision(revision, bot, findings);
                });
    }

    /** As {@link #sound}, of what was sound a moment ago; to be asked behind the bot's lock. */
    public Mono<SoundRevision> still(SoundRevision was) {
        return configs.botOf(was.revision().configId())
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(bot -> still(was, bot));
    }

    /**
     * As {@link #still(SoundRevision)}.
     *
     * @param bot as it was read behind its lock
     */
    Mono<SoundRevision> still(SoundRevision was, ConfiguredBot bot) {
        return was.holdsFor(bot) ? Mono.just(was) : sound(was.revision(), bot);
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
        var errors = errors(revision, is);
        if (!errors.isEmpty()) {
            var known = errors(revision, was).stream().map(Spot::of).collect(toSet());
            errors = errors.stream().filter(error -> !known.contains(Spot.of(error))).toList();
        }
        if (!errors.isEmpty()) {
            throw broken(revision, errors);
        }
        return revision;
    }

    private static List<Finding> errors(Revision revision, ObjectNode bot) {
        return RevisionLint.findings(revision, bot).stream().filter(Finding::isError).toList();
    }

    /** An error, whatever its message counts or proposes. */
    private record Spot(String code, int line, int column) {

        static Spot of(Finding finding) {
            return new Spot(finding.code(), finding.line(), finding.column());
        }
    }

    private static Problem rejected(Revision revision, List<Finding> findings) {
        return new Problem(
                ProblemCode.PROMPT_REJECTED,
                "revision " + revision.number() + " has errors (expected: none, see findings)",
                Map.of("findings", findings));
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
