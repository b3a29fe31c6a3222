package dev.orrery.ingest.admin.prompts;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptTokens;
import dev.orrery.pipeline.prompt.RenderedPrompt;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Renders prompts before they are used, with the prompt worker's own code. Rendering takes
 * milliseconds of a processor; it happens on the thread on which the last answer arrived.
 */
@Component
final class Previews {

    private static final GivenBot NOBODY =
            new GivenBot("", "", JsonNodeFactory.instance.objectNode());

    private final StoredPrompts stored;
    private final AskedModel model;

    Previews(StoredPrompts stored, AskedModel model) {
        this.stored = stored;
        this.model = model;
    }

    Mono<Preview> of(PreviewRequest request) {
        return Mono.zip(bot(request), profile(request), memories(request))
                .map(read -> new Told(read.getT1(), read.getT2(), read.getT3()))
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
        boolean asksForThem =
                request.memories().isEmpty()
                        && compiled(request.prompt()).map(Prompt::wantsMemories).orElse(false);
        return request.userId() != null && asksForThem
                ? stored.memories(request.userId(), request.at())
                : Mono.just(request.memories());
    }

    private Mono<Preview> of(PreviewRequest request, Told told) {
        var prompt = request.prompt();
        var findings =
                PromptLint.findings(
                        prompt.kind(),
                        prompt.source(),
                        prompt.lintContext(told.bot().metadata(), request.language()));
        var compiled = compiled(prompt);
        if (compiled.isEmpty()) {
            return Mono.just(unreadable(findings));
        }
        var scene = request.scene(compiled.get(), prompt, told);
        var rendered = RenderedPrompt.of(compiled.get(), scene);
        var preview = preview(rendered, compiled.get(), scene, findings);
        return compared(preview, request, told)
                .flatMap(each ->
                        request.send() ? answered(each, prompt, rendered) : Mono.just(each));
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

    private static Preview preview(
            RenderedPrompt rendered, Prompt compiled, Scene scene, List<Finding> findings) {
        var text = rendered.systemInstruction();
        return new Preview(
                text,
                PromptTokens.of(text),
                rendered.hash(),
                rendered.messages().stream()
                        .map(each -> new Preview.Message(each.getRole(), each.getContent()))
                        .toList(),
                compiled.sections(scene),
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
                .map(active -> activeText(request, active, told))
                .map(active -> UnifiedDiff.between("active", active, "preview", preview.text()))
                .map(preview::comparedBy);
    }

    /** Of the same turn: only the prompt differs. */
    private static String activeText(PreviewRequest request, GivenPrompt active, Told told) {
        var compiled =
                compiled(active)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BOT_NOT_CONFIGURED,
                                        "against: the active revision cannot be used"));
        return compiled.render(request.scene(compiled, active, told));
    }

    private Mono<Preview> answered(Preview preview, GivenPrompt prompt, RenderedPrompt rendered) {
        return model.ask(prompt, rendered).map(preview::answeredBy);
    }
}
