package dev.orrery.ingest.admin.configs;

import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.Finding.Severity;
import dev.orrery.pipeline.prompt.lint.LintContext;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What its author should know of a revision. Pure; a long document may take a second, so that event
 * loops leave it to {@link SoundPrompts}.
 */
final class RevisionLint {

    /** Kept, and sent by nobody: messages of users are answered without them. */
    private static final List<String> OF_THE_GATEWAY = List.of("additional_config");

    private RevisionLint() {}

    /**
     * Everything there is to say of it.
     *
     * @param bot metadata of the bot
     */
    static List<Finding> findings(Revision revision, JsonNode bot) {
        var fields = revision.fields();
        var context =
                LintContext.of(PromptOptions.of(fields.metadata()), bot)
                        .asking(
                                fields.provider(),
                                fields.model(),
                                fields.maxOutputTokens(),
                                fields.promptTokenLimit());
        var ofPrompt =
                PromptLint.findings(
                        PromptKind.named(fields.promptKind()).orElseThrow(),
                        fields.prompt(),
                        context);
        return Stream.of(
                        ofPrompt.stream(),
                        unheard(fields.metadata()),
                        ToolLint.findings(fields.metadata()))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Finding> unheard(ObjectNode metadata) {
        return OF_THE_GATEWAY.stream()
                .filter(metadata::has)
                .map(key ->
                        new Finding(
                                "gateway_only",
                                Severity.WARNING,
                                "metadata."
                                        + key
                                        + " has no effect on messages of users (expected: in requests to the gateway)",
                                1,
                                1));
    }
}
