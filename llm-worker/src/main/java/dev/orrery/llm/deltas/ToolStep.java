package dev.orrery.llm.deltas;

import dev.orrery.pipeline.tool.CallState;

/**
 * How a call for a tool stands from now on, as the reader is told.
 *
 * @param id of the call, unique within the turn
 * @param arguments JSON text
 */
public record ToolStep(String id, String name, String arguments, CallState state) {}
