package dev.orrery.ingest.testing;

import dev.orrery.ingest.admin.configs.LintedPrompt;
import dev.orrery.ingest.admin.configs.PromptFinding;
import dev.orrery.ingest.admin.configs.PromptLint;
import java.util.ArrayList;
import java.util.List;

/** A lint that finds what a test marked in a prompt. */
public final class MarkedPrompts implements PromptLint {

    public static final String ERROR = "<error>";
    public static final String WARNING = "<warning>";

    @Override
    public List<PromptFinding> findings(LintedPrompt prompt) {
        var findings = new ArrayList<PromptFinding>();
        if (prompt.prompt().contains(ERROR)) {
            findings.add(found(PromptFinding.Severity.ERROR, "marked_error", prompt, ERROR));
        }
        if (prompt.prompt().contains(WARNING)) {
            findings.add(found(PromptFinding.Severity.WARNING, "marked_warning", prompt, WARNING));
        }
        return findings;
    }

    private static PromptFinding found(
            PromptFinding.Severity severity, String code, LintedPrompt prompt, String mark) {
        return new PromptFinding(
                severity,
                code,
                "a mark in a " + prompt.kind(),
                1,
                prompt.prompt().indexOf(mark) + 1);
    }
}
