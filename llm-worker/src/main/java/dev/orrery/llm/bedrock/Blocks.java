package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.Utterance;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;
import tools.jackson.databind.json.JsonMapper;

/** What was said, as messages of Converse. */
final class Blocks {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Blocks() {}

    static Message message(Utterance utterance) {
        return Message.builder()
                .role(role(utterance.role()))
                .content(utterance.parts().stream().map(Blocks::block).toList())
                .build();
    }

    /** What came of a call is said by the user. */
    private static ConversationRole role(Conversation.Role role) {
        return switch (role) {
            case USER, TOOL -> ConversationRole.USER;
            case ASSISTANT -> ConversationRole.ASSISTANT;
        };
    }

    private static ContentBlock block(Utterance.Part part) {
        return switch (part) {
            case Utterance.Text(var text) -> ContentBlock.fromText(text);
            case Utterance.Call(var call) -> ContentBlock.fromToolUse(use(call));
            case Utterance.Result result -> ContentBlock.fromToolResult(result(result));
        };
    }

    private static ToolUseBlock use(ToolCall call) {
        return ToolUseBlock.builder()
                .toolUseId(call.id())
                .name(call.name())
                .input(JsonDocument.of(JSON.readTree(call.arguments())))
                .build();
    }

    private static ToolResultBlock result(Utterance.Result result) {
        return ToolResultBlock.builder()
                .toolUseId(result.of().id())
                .content(content(result.content()))
                .build();
    }

    /** A blank text is refused, so who has nothing to say says an empty object. */
    private static ToolResultContentBlock content(String content) {
        return content.isBlank()
                ? ToolResultContentBlock.fromJson(Document.fromMap(Map.of()))
                : ToolResultContentBlock.fromText(content);
    }
}
