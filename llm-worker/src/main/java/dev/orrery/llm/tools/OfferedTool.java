package dev.orrery.llm.tools;

import dev.orrery.events.PromptTool;
import dev.orrery.llm.model.Tool;
import dev.orrery.pipeline.tool.ToolHandler;
import java.time.Duration;

/**
 * A tool as a prompt offers it.
 *
 * @param arguments what its arguments have to look like
 * @param limit for one call, above 0
 */
public record OfferedTool(
        Tool tool, ArgumentsSchema arguments, ToolHandler handler, Duration limit) {

    /**
     * @throws IllegalArgumentException when it makes no sense
     */
    public static OfferedTool of(PromptTool stated) {
        var handler =
                ToolHandler.named(stated.getHandler())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "tool %s: handler %s (expected: one of %s)"
                                                .formatted(
                                                        stated.getName(),
                                                        stated.getHandler(),
                                                        String.join(", ", ToolHandler.names()))));
        if (stated.getTimeoutMillis() < 1) {
            throw new IllegalArgumentException(
                    "tool %s: %d ms (expected: 1 or more)"
                            .formatted(stated.getName(), stated.getTimeoutMillis()));
        }
        return new OfferedTool(
                new Tool(stated.getName(), stated.getDescription(), stated.getParameters()),
                ArgumentsSchema.of(stated.getParameters()),
                handler,
                Duration.ofMillis(stated.getTimeoutMillis()));
    }

    String name() {
        return tool.name();
    }
}
