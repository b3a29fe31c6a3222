package dev.orrery.ingest.admin.configs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.orrery.ingest.documents.PathId;
import dev.orrery.ingest.store.Store;
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

    private final Store store;
    private final ConfigRows configs;
    private final RevisionRows revisions;
    private final SoundPrompts prompts;

    Activation(Store store, ConfigRows configs, RevisionRows revisions, SoundPrompts prompts) {
        this.store = store;
        this.configs = configs;
        this.revisions = revisions;
        this.prompts = prompts;
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
     * Activates the configuration. A revision never changes, but its bot may between the lint and
     * the activation: that is looked at behind the bot's lock.
     *
     * @param choice {@code {"revision": number or id}}; the newest one when nothing is said
     */
    Mono<Activated> activate(String actor, UUID config, Optional<Fields> choice) {
        return Mono.zip(configs.botOf(config), chosen(config, choice))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .flatMap(found -> prompts.sound(found.getT2(), found.getT1()))
                .flatMap(sound -> store.together(putInForce(actor, sound)))
                .flatMap(this::activated);
    }

    private Mono<SoundRevision> putInForce(String actor, SoundRevision before) {
        var revision = before.revision();
        return configs.lockBotOf(revision.configId())
                .flatMap(bot -> prompts.still(before, bot))
                .flatMap(sound ->
                        configs.activate(revision.configId(), revision.id(), actor)
                                .filter(Activation::isInForce)
                                .map(inForce -> sound))
                .switchIfEmpty(Mono.error(Problem::notFound));
    }

    private static boolean isInForce(String verdict) {
        return switch (verdict) {
            case "activated", "already" -> true;
            case "unknown" -> false;
            default ->
                    throw new IllegalStateException(
                            "BUG: verdict of chat.activate_revision: " + verdict);
        };
    }

    private Mono<Activated> activated(SoundRevision sound) {
        return configs.find(sound.revision().configId())
                .switchIfEmpty(Mono.error(Problem::notFound))
                .zipWith(warnings(sound.bot()))
                .map(active ->
                        new Activated(
                                active.getT1(),
                                sound.revision(),
                                sound.findings(),
                                active.getT2()));
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
}
