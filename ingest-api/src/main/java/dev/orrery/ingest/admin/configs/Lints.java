package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.pipeline.http.Problem;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Every {@link PromptLint} that the application has. */
@Component
final class Lints {

    private final List<PromptLint> lints;

    Lints(ObjectProvider<PromptLint> lints) {
        this.lints = lints.orderedStream().toList();
    }

    List<PromptFinding> findings(Revision revision, ConfiguredBot bot) {
        var fields = revision.fields();
        var linted =
                new LintedPrompt(
                        fields.promptKind(),
                        fields.prompt(),
                        fields.provider(),
                        fields.model(),
                        fields.maxOutputTokens(),
                        fields.promptTokenLimit(),
                        fields.metadata(),
                        bot.metadata());
        return lints.stream().flatMap(lint -> lint.findings(linted).stream()).toList();
    }

    /**
     * The findings, if the revision may be put in force; a {@link Problem} that shows them if not.
     */
    List<PromptFinding> passed(Revision revision, ConfiguredBot bot) {
        var findings = findings(revision, bot);
        if (findings.stream().anyMatch(PromptFinding::isError)) {
            throw new Problem(
                    ProblemCode.PROMPT_REJECTED,
                    "revision " + revision.number() + " has errors (expected: none, see findings)",
                    Map.of("findings", findings));
        }
        return findings;
    }
}
