package dev.orrery.simulator.reply;

import tools.jackson.databind.JsonNode;

/**
 * What a model may call.
 *
 * @param schema JSON Schema of the arguments; anything else counts as one without properties
 */
public record Tool(String name, JsonNode schema) {}
