package dev.orrery.llm.gateway.request;

import dev.orrery.llm.model.Tool;
import dev.orrery.pipeline.http.Fields;
import java.util.HashSet;
import java.util.List;

/** Reads what the models may ask to be called, in the shape of OpenAI's {@code tools}. */
final class ToolsReader {

    private static final int MAX_TOOLS = 128;
    private static final int MAX_DESCRIPTION = 4 * 1024;
    private static final int MAX_SCHEMA = 32 * 1024;

    /** All of them together, in UTF-16 units: they go to every model of the chain. */
    private static final int MAX_ALL = 256 * 1024;

    private static final String FUNCTION = "function";
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    ToolsReader() {
        // A tool checks its schema with a parser that is built once, under a lock.
        new Tool("none", "", NO_PARAMETERS);
    }

    List<Tool> tools(Fields body) {
        var tools = body.objects("tools", MAX_TOOLS, ToolsReader::tool);
        int size = tools.stream().mapToInt(Tool::size).sum();
        if (size > MAX_ALL) {
            throw body.invalid(
                    "tools", size + " characters (expected: at most " + MAX_ALL + " in all)");
        }
        var names = new HashSet<String>();
        for (var tool : tools) {
            if (!names.add(tool.name())) {
                throw body.invalid(
                        "tools", "two named " + tool.name() + " (expected: different names)");
            }
        }
        return tools;
    }

    private static Tool tool(Fields tool) {
        tool.allowing("type", FUNCTION);
        var type = tool.text("type", 64);
        if (!type.equals(FUNCTION)) {
            throw tool.invalid("type", Fields.shown(type) + " (expected: function)");
        }
        return function(tool.object(FUNCTION).allowing("name", "description", "parameters"));
    }

    private static Tool function(Fields function) {
        var name = function.text("name", 1_024);
        if (!Tool.NAME.matcher(name).matches()) {
            throw function.invalid(
                    "name", Fields.shown(name) + " (expected: " + Tool.NAME.pattern() + ")");
        }
        var description = function.anyText("description", MAX_DESCRIPTION);
        return new Tool(name, description == null ? "" : description, schema(function));
    }

    /** Of an object, since arguments have names; without one there are none. */
    private static String schema(Fields function) {
        function.requireSmall("parameters", MAX_SCHEMA);
        var parameters = function.object("parameters");
        if (parameters.isEmpty()) {
            return NO_PARAMETERS;
        }
        var type = parameters.text("type", 64);
        if (!type.equals("object")) {
            throw parameters.invalid("type", Fields.shown(type) + " (expected: object)");
        }
        return function.objectText("parameters");
    }
}
