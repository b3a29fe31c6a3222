package dev.orrery.ingest.admin.prompts;

import dev.orrery.ingest.admin.authors.AuthorThreads;
import dev.orrery.ingest.paging.Page;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.PromptTokens;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code /admin/v1/prompts}: what authors ask before a prompt is used. */
@RestController
@RequestMapping(path = "/admin/v1/prompts", produces = MediaType.APPLICATION_JSON_VALUE)
class PromptsEndpoint {

    /**
     * @param errors how many findings would block an activation
     * @param tokens of the source, estimated
     */
    record Linted(List<Finding> findings, long errors, long tokens) {}

    private final StoredPrompts stored;
    private final Previews previews;
    private final AuthorThreads threads;
    private final Clock clock;

    PromptsEndpoint(StoredPrompts stored, Previews previews, AuthorThreads threads, Clock clock) {
        this.stored = stored;
        this.previews = previews;
        this.threads = threads;
        this.clock = clock;
    }

    /** Those of every bot; with {@code ?bot=} also what that bot adds. */
    @GetMapping("/variables")
    Mono<Page<VariableView>> variables(@RequestParam(required = false) @Nullable String bot) {
        return bot == null
                ? Mono.just(new Page<>(VariableView.builtIn(), null))
                : stored.bot(bot).map(found -> new Page<>(VariableView.of(found.metadata()), null));
    }

    @PostMapping(path = "/lint", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Linted> lint(Fields body) {
        body.allowing(
                Stream.concat(Stream.of(GivenPrompt.FIELDS), Stream.of("bot", "language"))
                        .toArray(String[]::new));
        var prompt = GivenPrompt.of(body);
        var language = body.optionalText("language", 35);
        return metadata(body)
                .flatMap(metadata -> threads.compute(() -> linted(prompt, metadata, language)));
    }

    private Mono<JsonNode> metadata(Fields body) {
        var bot = GivenJson.of(body, "bot");
        if (bot == null) {
            return Mono.just(JsonNodeFactory.instance.objectNode());
        }
        return bot.isString()
                ? stored.bot(body.text("bot", 255)).map(GivenBot::metadata)
                : Mono.just(GivenBot.of(body.object("bot")).metadata());
    }

    private static Linted linted(
            GivenPrompt prompt, JsonNode botMetadata, @Nullable String language) {
        var findings =
                PromptLint.findings(
                        prompt.kind(), prompt.source(), prompt.lintContext(botMetadata, language));
        return new Linted(
                findings,
                findings.stream().filter(Finding::isError).count(),
                PromptTokens.of(prompt.source()));
    }

    @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Preview> preview(Fields body) {
        return previews.of(PreviewRequest.of(body, clock.instant()));
    }
}
