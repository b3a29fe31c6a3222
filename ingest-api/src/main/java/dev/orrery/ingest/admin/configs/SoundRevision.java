package dev.orrery.ingest.admin.configs;

import dev.orrery.pipeline.prompt.lint.Finding;
import java.util.List;

/**
 * A revision that may be put in force: nothing in it is an error, for the bot as it was when it was
 * looked at.
 */
public record SoundRevision(Revision revision, ConfiguredBot bot, List<Finding> findings) {

    public SoundRevision {
        findings = List.copyOf(findings);
    }

    /** Whether nothing that a lint asks of the bot has changed since. */
    boolean holdsFor(ConfiguredBot now) {
        return bot.metadata().equals(now.metadata());
    }
}
