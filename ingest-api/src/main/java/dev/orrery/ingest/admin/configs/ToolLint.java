package dev.orrery.ingest.admin.configs;

import dev.orrery.pipeline.prompt.lint.Finding;
import dev.orrery.pipeline.prompt.lint.Finding.Severity;
import dev.orrery.pipeline.tool.ToolHandler;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the author of a tool should know: a built-in handler takes certain arguments and refuses
 * others, so a model that is told of others calls it in vain.
 */
final class ToolLint {

    private ToolLint() {}

    /**
     * @param metadata of a revision, checked before
     */
    static Stream<Finding> findings(JsonNode metadata) {
        var tools = metadata.path("tools");
        return IntStream.range(0, tools.size())
                .boxed()
                .flatMap(place -> findings(tools.get(place), "metadata.tools[" + place + "]"));
    }

    private static Stream<Finding> findings(JsonNode tool, String path) {
        var handler = ToolHandler.named(tool.path("handler").asString("")).orElse(ToolHandler.APP);
        return handler == ToolHandler.APP
                ? Stream.empty()
                : tool.path("parameters").path("properties").propertyNames().stream()
                        .filter(name -> !handler.arguments().contains(name))
                        .map(name -> unknown(path, name, handler));
    }

    private static Finding unknown(String path, String name, ToolHandler handler) {
        return new Finding(
                "tool_argument",
                Severity.WARNING,
                "%s.parameters.properties.%s is not taken by %s (expected: %s)"
                        .formatted(
                                path,
                                name,
                                handler.wireName(),
                                String.join(", ", handler.arguments())),
                1,
                1);
    }
}
