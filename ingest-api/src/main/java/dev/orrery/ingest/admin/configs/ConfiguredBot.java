package dev.orrery.ingest.admin.configs;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The bot of a configuration. */
record ConfiguredBot(UUID id, String slug, JsonNode metadata) {}
