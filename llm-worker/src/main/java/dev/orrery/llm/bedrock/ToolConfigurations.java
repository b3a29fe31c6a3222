package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.AnyToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.SpecificToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models may ask for. Converse takes no calls where it is told of no tool, so it is told of
 * those that were called even where none is on offer. It has no word for a model that must not ask:
 * such a one is told of tools only where it has to be.
 */
final class ToolConfigurations {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ToolConfigurations() {}

    /** Null where there are none. */
    static @Nullable ToolConfiguration of(Conversation conversation) {
        boolean wanted = conversation.mayCall() || conversation.hasCalls();
        if (!wanted) {
            return null;
        }
        return ToolConfiguration.builder()
                .tools(tools(conversation.knownTools()))
                .toolChoice(choice(conversation))
                .build();
    }

    private static List<software.amazon.awssdk.services.bedrockruntime.model.Tool> tools(
            List<Tool> tools) {
        return tools.stream().map(ToolConfigurations::tool).toList();
    }

    private static software.amazon.awssdk.services.bedrockruntime.model.Tool tool(Tool tool) {
        var schema = JsonDocument.of(JSON.readTree(tool.inputSchema()));
        var specification =
                ToolSpecification.builder()
                        .name(tool.name())
                        .description(tool.description().isBlank() ? null : tool.description())
                        .inputSchema(ToolInputSchema.fromJson(schema))
                        .build();
        return software.amazon.awssdk.services.bedrockruntime.model.Tool.fromToolSpec(
                specification);
    }

    private static @Nullable ToolChoice choice(Conversation conversation) {
        return switch (conversation.toolChoice()) {
            case dev.orrery.llm.model.ToolChoice.Mode mode ->
                    switch (mode) {
                        case AUTO, NONE -> null; // what happens unasked
                        case REQUIRED -> ToolChoice.fromAny(AnyToolChoice.builder().build());
                    };
            case dev.orrery.llm.model.ToolChoice.Named named ->
                    ToolChoice.fromTool(SpecificToolChoice.builder().name(named.tool()).build());
        };
    }
}
