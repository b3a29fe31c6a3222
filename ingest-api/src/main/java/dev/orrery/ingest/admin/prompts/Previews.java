package dev.orrery.ingest.admin.prompts;

import dev.orrery.ingest.admin.authors.AuthorThreads;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.FittedPrompt;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptTokens;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import dev.orrery.pipeline.prompt.variables.Summary;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders prompts before they are used, with the prompt worker's own code, on the threads that are
 * there for authors.
 */
@Component
final class Previews {

    private static final GivenBot NOBODY =
            new GivenBot("", "", JsonNodeFactory.instance.objectNode());

    /**
     * A preview before it is compared or sent.
     *
     * @param fitted null when the findings say why there is no rendering
     */
    private record Draft(Preview preview, @Nullable FittedPrompt fitted) {}

    private final StoredPrompts stored;
    private final AskedModel model;
    private final AuthorThreads threads;

    Previews(StoredPrompts stored, AskedModel model, AuthorThreads threads) {
        this.stored = stored;
        this.model = model;
        this.threads = threads;
    }

    Mono<Preview> of(PreviewRequest request) {
        return Mono.zip(bot(request), profile(request), memories(request), summary(request))
                .map(read -> new Told(read.getT1(), read.getT2(), read.getT3(), read.getT4()))
                .flatMap(told -> of(request, told));
    }

    private Mono<GivenBot> bot(PreviewRequest request) {
        if (request.botSlug() != null) {
            return stored.bot(request.botSlug());
        }
        return Mono.just(request.bot() == null ? NOBODY : request.bot());
    }

    private Mono<ObjectNode> profile(PreviewRequest request) {
        return request.userId() == null
                ? Mono.just(request.user())
                : stored.profile(request.userId());
    }

    /** A real user's own, up to the instant of the turn, unless the request names others. */
    private Mono<List<String>> memories(PreviewRequest request) {
        var user = request.userId();
        if (user == null || !request.memories().isEmpty()) {
            return Mono.just(request.memories());
        }
        return threads.compute(() -> wantsMemories(request.prompt()))
                .flatMap(wants ->
                        wants ? stored.memories(user, request.at()) : Mono.just(List.of()));
    }

    /** The newest of a real user's own with the bot, unless the request tells one. */
    private Mono<Optional<Summary>> summary(PreviewRequest request) {
        var user = request.userId();
        var bot = request.botSlug();
        if (user == null || bot == null || request.summary() != null) {
            return Mono.just(Optional.ofNullable(request.summary()));
        }
        return threads.compute(() -> wantsSummary(request.prompt()))
                .flatMap(wants ->
                        wants
                                ? stored.summary(user, bot, request.at()).singleOptional()
                                : Mono.just(Optional.empty()));
    }

    private static boolean wantsSummary(GivenPrompt prompt) {
        return compiled(prompt).map(Prompt::wantsSummary).orElse(false);
    }

    private static boolean wantsMemories(GivenPrompt prompt) {
        return compiled(prompt).map(Prompt::wantsMemories).orElse(false);
    }

    private Mono<Preview> of(PreviewRequest request, Told told) {
        return threads.compute(() -> drafted(request, told))
                .flatMap(draft -> finished(draft, request, told));
    }

    private Mono<Preview> finished(Draft draft, PreviewRequest request, Told told) {
        var fitted = draft.fitted();
        return fitted == null
                ? Mono.just(draft.preview())
                : compared(draft.preview(), request, told)
                        .flatMap(each -> answered(each, request, fitted));
    }

    private static Draft drafted(PreviewRequest request, Told told) {
        var prompt = request.prompt();
        var findings =
                PromptLint.findings(
                        prompt.kind(),
                        prompt.source(),
                        prompt.lintContext(told.bot().metadata(), request.language()));
        var compiled = compiled(prompt);
        if (compiled.isEmpty()) {
            return new Draft(unreadable(findings), null);
        }
        var fitted = request.fitted(compiled.get(), prompt, told);
        var all = new ArrayList<>(findings);
        PromptLint.finding(fitted).ifPresent(all::add);
        return new Draft(preview(fitted, compiled.get(), all), fitted);
    }

    /** Empty when the findings say why it cannot be. */
    private static Optional<Prompt> compiled(GivenPrompt prompt) {
        try {
            return Optional.of(Prompt.of(prompt.kind(), prompt.source()));
        } catch (MalformedYaml malformed) {
            return Optional.empty();
        }
    }

    private static Preview unreadable(List<Finding> findings) {
        return new Preview("", 0, null, List.of(), List.of(), findings, null, null);
    }

    private static Preview preview(FittedPrompt fitted, Prompt compiled, List<Finding> findings) {
        var rendered = fitted.rendered();
        var text = rendered.systemInstruction();
        return new Preview(
                text,
                PromptTokens.of(text),
                rendered.hash(),
                rendered.messages().stream()
                        .map(each -> new Preview.Message(each.getRole(), each.getContent()))
                        .toList(),
                compiled.sections(fitted.scene()),
                findings,
                null,
                null);
    }

    private Mono<Preview> compared(Preview preview, PreviewRequest request, Told told) {
        var against = request.against();
        if (against == null) {
            return Mono.just(preview);
        }
        return stored.active(against)
                .flatMap(active ->
                        threads.compute(() -> diff(activeText(request, active, told), preview)))
                .map(preview::comparedBy);
    }

    private static String diff(String active, Preview preview) {
        return UnifiedDiff.between("active", active, "preview", preview.text());
    }

    /** Of the same turn: only the prompt differs. */
    private static String activeText(PreviewRequest request, GivenPrompt active, Told told) {
        var compiled =
                compiled(active)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BOT_NOT_CONFIGURED,
                                        "against: the active revision cannot be used"));
        return request.fitted(compiled, active, told).rendered().systemInstruction();
    }

    /** What the prompt worker would not send is not sent from here either. */
    private Mono<Preview> answered(Preview preview, PreviewRequest request, FittedPrompt fitted) {
        if (!request.send()) {
            return Mono.just(preview);
        }
        var unsendable = PromptLint.finding(fitted);
        return unsendable.isPresent()
                ? Mono.just(preview.answeredBy(AskedModel.Reply.notAsked(unsendable.get())))
                : model.ask(request.prompt(), fitted.rendered()).map(preview::answeredBy);
    }
}
