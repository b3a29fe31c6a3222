package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.LintContext;
import dev.orrery.pipeline.prompt.lint.PromptLint;
import java.util.List;
import java.util.Map;

/** What its author should know of a revision. Pure, and done within milliseconds. */
final class RevisionLint {

    private RevisionLint() {}

    static List<Finding> findings(Revision revision, ConfiguredBot bot) {
        var fields = revision.fields();
        var context =
                LintContext.of(PromptOptions.of(fields.metadata()), bot.metadata())
                        .asking(
                                fields.provider(),
                                fields.model(),
                                fields.maxOutputTokens(),
                                fields.promptTokenLimit());
        return PromptLint.findings(
                PromptKind.named(fields.promptKind()).orElseThrow(), fields.prompt(), context);
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
