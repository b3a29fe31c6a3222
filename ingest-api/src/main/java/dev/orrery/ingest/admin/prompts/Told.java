package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.prompt.variables.Summary;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who talks in a preview, told in the request or read from what is stored.
 *
 * @param profile what the user says about themselves
 * @param memories what they want to be remembered, oldest first
 * @param summary what was noted of the conversation before the history
 */
record Told(GivenBot bot, ObjectNode profile, List<String> memories, Optional<Summary> summary) {}
