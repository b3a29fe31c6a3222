package dev.orrery.pipeline.tool;

import dev.orrery.events.PromptTool;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a revision's metadata says about tools, all of it optional:
 *
 * <pre>{@code
 * {"tools": [{"name": "get_weather", "description": "Now", "parameters": {"type": "object"},
 *             "handler": "get_weather", "timeout_ms": 5000}],
 *  "tools_required": true,
 *  "history_tools": true}
 * }</pre>
 *
 * @param offered what the model may call
 * @param required whether a model that knows nothing of tools is passed over
 * @param inHistory whether earlier turns are told with their calls
 */
public record ToolOptions(List<PromptTool> offered, boolean required, boolean inHistory) {

    public static final ToolOptions NONE = new ToolOptions(List.of(), false, false);

    private static final int MOST_TOOLS = 64;
    private static final int DEFAULT_MILLIS = 5_000;
    private static final int LONGEST_MILLIS = 30_000;
    private static final String ANYTHING = "{\"type\":\"object\",\"properties\":{}}";

    public ToolOptions {
        offered = List.copyOf(offered);
    }

    /**
     * Reads them strictly. Whether parameters are a schema is not looked at.
     *
     * @param metadata of a revision; other keys are not looked at
     * @throws IllegalArgumentException when one is there and is not what it should be
     */
    public static ToolOptions of(JsonNode metadata) {
        return new ToolOptions(
                offered(metadata.path("tools")),
                flag(metadata, "tools_required"),
                flag(metadata, "history_tools"));
    }

    private static List<PromptTool> offered(JsonNode list) {
        if (isAbsent(list)) {
            return List.of();
        }
        require(
                list.isArray() && list.size() <= MOST_TOOLS,
                "tools",
                "a list of at most " + MOST_TOOLS);
        var tools = new ArrayList<PromptTool>();
        for (var stated : list) {
            var tool = tool(stated, "tools[" + tools.size() + "]");
            boolean isNew = tools.stream().noneMatch(each -> each.getName().equals(tool.getName()));
            require(isNew, "tools[" + tools.size() + "].name", "a name that no other has");
            tools.add(tool);
        }
        return tools;
    }

    private static PromptTool tool(JsonNode stated, String path) {
        var name = text(stated, "name", "");
        require(name.matches("[a-z][a-z0-9_]{0,63}"), path + ".name", "a-z, 0-9 and _");
        var handler = text(stated, "handler", ToolHandler.APP.wireName());
        require(
                ToolHandler.named(handler).isPresent(),
                path + ".handler",
                "one of " + String.join(", ", ToolHandler.names()));
        var parameters = stated.path("parameters");
        require(
                isAbsent(parameters) || parameters.isObject() || parameters.isBoolean(),
                path + ".parameters",
                "the schema of an object");
        var limit = stated.path("timeout_ms");
        boolean isLimit =
                limit.isIntegralNumber()
                        && limit.canConvertToInt()
                        && limit.intValue() >= 1
                        && limit.intValue() <= LONGEST_MILLIS;
        require(
                isAbsent(limit) || isLimit,
                path + ".timeout_ms",
                "a whole number from 1 to " + LONGEST_MILLIS);
        return PromptTool.newBuilder()
                .setName(name)
                .setDescription(text(stated, "description", ""))
                .setParameters(parameters.isObject() ? parameters.toString() : ANYTHING)
                .setHandler(handler)
                .setTimeoutMillis(isLimit ? limit.intValue() : DEFAULT_MILLIS)
                .build();
    }

    private static String text(JsonNode object, String key, String otherwise) {
        var value = object.path(key);
        return isAbsent(value) ? otherwise : value.asString("");
    }

    private static boolean flag(JsonNode metadata, String key) {
        var value = metadata.path(key);
        require(isAbsent(value) || value.isBoolean(), key, "true or false");
        return value.isBoolean() && value.booleanValue();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void require(boolean holds, String key, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "metadata." + key + ": unusable (expected: " + expected + ")");
        }
    }
}
