package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.Finding.Severity;
import dev.orrery.pipeline.prompt.lint.LintContext;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What its author should know of a revision. Pure, and done within milliseconds. */
final class RevisionLint {

    /** Kept, and sent by nobody: messages of users are answered without them. */
    private static final List<String> OF_THE_GATEWAY = List.of("api_endpoint", "additional_config");

    private RevisionLint() {}

    static List<Finding> findings(Revision revision, ConfiguredBot bot) {
        return findings(revision, bot.metadata());
    }

    /**
     * As {@link #findings(Revision, ConfiguredBot)}.
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
        return Stream.concat(ofPrompt.stream(), unheard(fields.metadata())).toList();
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

    /**
     * The findings, if the revision may be put in force; a {@link Problem} that shows them if not.
     */
    static List<Finding> passed(Revision revision, ConfiguredBot bot) {
        var findings = findings(revision, bot);
        if (findings.stream().anyMatch(Finding::isError)) {
            throw new Problem(
                    ProblemCode.PROMPT_REJECTED,
                    "revision " + revision.number() + " has errors (expected: none, see findings)",
                    Map.of("findings", findings));
        }
        return findings;
    }
}
