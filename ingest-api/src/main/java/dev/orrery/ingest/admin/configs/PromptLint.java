package dev.orrery.ingest.admin.configs;

import java.util.List;

/**
 * Looks for mistakes in a prompt before it is put in force. Every lint that the application has is
 * asked. Called on event loops: pure, and done within milliseconds.
 */
@FunctionalInterface
public interface PromptLint {

    /** What an author should know, worst first; empty for a prompt without a fault. */
    List<PromptFinding> findings(LintedPrompt prompt);
}
