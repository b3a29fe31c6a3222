package dev.orrery.ingest.admin.configs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orrery.ingest.admin.authors.AuthorThreads;
import dev.orrery.ingest.documents.PathId;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Puts a revision in force. It is what the bot's next message is stamped with; a turn that was
 * accepted keeps what it has.
 */
@Component
final class Activation {

    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final AuthorThreads threads;

    Activation(ConfigRows configs, RevisionRows revisions, AuthorThreads threads) {
        this.configs = configs;
        this.revisions = revisions;
        this.threads = threads;
    }

    /**
     * What is in force now, and what the lint said of it.
     *
     * @param warnings one sentence each; it is in force all the same
     */
    record Activated(
            @JsonUnwrapped LlmConfig config,
            Revision revision,
            List<Finding> findings,
            List<String> warnings) {}

    /**
     * Activates the configuration.
     *
     * @param choice {@code {"revision": number or id}}; the newest one when nothing is said. A
     *     revision cannot change between its lint and its activation.
     */
    Mono<Activated> activate(String actor, UUID config, Optional<Fields> choice) {
        return Mono.zip(configs.botOf(config), chosen(config, choice))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(found -> {
                    var bot = found.getT1();
                    var revision = found.getT2();
                    return threads.compute(() -> RevisionLint.passed(revision, bot))
                            .flatMap(findings -> activate(actor, bot, revision, findings));
                });
    }

    private Mono<Activated> activate(
            String actor, ConfiguredBot bot, Revision revision, List<Finding> findings) {
        var config = revision.configId();
        return configs.activate(config, revision.id(), actor)
                .flatMap(verdict -> activated(config, verdict))
                .zipWith(warnings(bot))
                .map(active -> new Activated(active.getT1(), revision, findings, active.getT2()));
    }

    /** An experiment has all users of its bot, so nobody notices what is active beside it. */
    private Mono<List<String>> warnings(ConfiguredBot bot) {
        return configs.runningExperiment(bot.id())
                .map(name ->
                        List.of(
                                "experiment "
                                        + name
                                        + " is running: its arms answer every user until it is stopped"))
                .defaultIfEmpty(List.of());
    }

    private Mono<Revision> chosen(UUID config, Optional<Fields> choice) {
        if (choice.isEmpty() || !choice.get().allowing("revision").mentions("revision")) {
            return revisions.latest(config);
        }
        var document = choice.get();
        return document.isText("revision")
                ? revisions.find(config, PathId.of(document.text("revision", 36)))
                : revisions.numbered(
                        config, (int) document.wholeNumber("revision", 1, Integer.MAX_VALUE));
    }

    private Mono<LlmConfig> activated(UUID config, String verdict) {
        return switch (verdict) {
            case "activated", "already" -> configs.find(config);
            case "unknown" -> Mono.error(Problem.notFound());
            default ->
                    throw new IllegalStateException(
                            "BUG: verdict of chat.activate_revision: " + verdict);
        };
    }
}
