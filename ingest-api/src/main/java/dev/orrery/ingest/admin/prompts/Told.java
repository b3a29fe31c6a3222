package dev.orrery.ingest.admin.prompts;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who talks in a preview, told in the request or read from what is stored.
 *
 * @param profile what the user says about themselves
 * @param memories what they want to be remembered, oldest first
 */
record Told(GivenBot bot, ObjectNode profile, List<String> memories) {}
