package dev.orrery.simulator.wire;

import tools.jackson.databind.JsonNode;

/**
 * One event that a client could read.
 *
 * @param name of its kind; empty where there are no names
 */
public record Told(String name, JsonNode data) {}
