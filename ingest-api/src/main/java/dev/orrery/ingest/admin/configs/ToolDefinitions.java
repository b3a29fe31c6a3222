package dev.orrery.ingest.admin.configs;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.tool.ToolHandler;
import java.util.HashSet;

/**
 * Tools that a model may call: {@code {"name", "description", "parameters", "handler",
 * "timeout_ms"}}. A handler is the name of a {@link ToolHandler}, never an address and never code;
 * without one it is {@code app}, and the call reaches the client as an event.
 */
final class ToolDefinitions {

    private static final int MOST_TOOLS = 64;
    private static final int MOST_SCHEMA_BYTES = 16 * 1024;
    private static final long LONGEST_MILLIS = 30_000;

    private ToolDefinitions() {}

    static void require(Fields metadata) {
        var names = new HashSet<String>();
        for (var tool : metadata.objects("tools", MOST_TOOLS, tool -> tool)) {
            if (!names.add(name(tool))) {
                throw tool.invalid("name", "there already (expected: each once)");
            }
        }
    }

    private static String name(Fields tool) {
        tool.allowing("name", "description", "parameters", "handler", "timeout_ms");
        var name = tool.text("name", 64);
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw tool.invalid("name", "not a name (expected: a-z, 0-9 and _, a letter first)");
        }
        tool.optionalText("description", 2_000);
        tool.optionalChoice("handler", ToolHandler.names());
        tool.optionalWholeNumber("timeout_ms", 1, LONGEST_MILLIS);
        var parameters = tool.optionalJson("parameters", MOST_SCHEMA_BYTES);
        if (parameters != null) {
            ToolSchema.requireObject(parameters)
                    .ifPresent(fault -> {
                        throw tool.invalid("parameters" + fault.where(), fault.what());
                    });
        }
        return name;
    }
}
