package dev.orrery.llm.tools;

import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.tool.ToolHandler;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a tool is to do.
 *
 * @param tool its name
 * @param arguments as the tool's schema wants them
 * @param limit until the result has to be there, above 0
 * @param turn for which: whom it is about a handler takes from here, and never from the model
 */
public record Errand(
        String tool, ToolHandler handler, ObjectNode arguments, Duration limit, TurnRef turn) {}
