package dev.orrery.llm.gateway.request;

import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.Conversation.Role;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolRounds;
import dev.orrery.pipeline.http.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was said, in the shape of OpenAI's {@code messages}: texts of the user and the
 * assistant, the assistant's {@code tool_calls}, and the results of tools.
 */
final class MessagesReader {

    private static final int MAX_MESSAGES = 1_000;
    private static final int MAX_CALLS = 128;
    private static final int MAX_ID = 256;
    private static final int MAX_NAME = 1_024;
    private static final int MAX_SIGNATURE = 64 * 1024;
    private static final String FUNCTION = "function";

    private final int maxBytes;

    /**
     * @param maxBytes of a body, which bounds every text in it
     */
    MessagesReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    List<Message> messages(Fields body) {
        var messages = body.objects("messages", MAX_MESSAGES, this::message);
        if (messages.isEmpty()) {
            throw body.invalid("messages", "none (expected: at least the user's)");
        }
        var breach = ToolRounds.breach(messages);
        if (breach != null) {
            throw body.invalid(
                    "messages[%d].%s".formatted(breach.message(), breach.field()), breach.what());
        }
        if (!asks(messages.getLast())) {
            throw body.invalid(
                    "messages",
                    "the last one is the assistant's, or blank (expected: one of the user, or the"
                            + " result of a tool)");
        }
        return messages;
    }

    private static boolean asks(Message last) {
        return switch (last.role()) {
            case USER -> !last.content().isBlank();
            case ASSISTANT -> false;
            case TOOL -> true;
        };
    }

    private Message message(Fields message) {
        var role = message.text("role", 64);
        return switch (role) {
            case "user" -> new Message(Role.USER, content(message.allowing("role", "content")));
            case "assistant" -> assistant(message.allowing("role", "content", "tool_calls"));
            case "tool" -> result(message.allowing("role", "content", "tool_call_id"));
            default ->
                    throw message.invalid(
                            "role", Fields.shown(role) + " (expected: user, assistant or tool)");
        };
    }

    private Message assistant(Fields message) {
        var calls = message.objects("tool_calls", MAX_CALLS, this::call);
        if (calls.isEmpty()) {
            return new Message(Role.ASSISTANT, content(message));
        }
        var content = message.anyText("content", maxBytes);
        return new Message(Role.ASSISTANT, content == null ? "" : content, calls, null);
    }

    private Message result(Fields message) {
        return Message.result(message.text("tool_call_id", MAX_ID), content(message));
    }

    private String content(Fields message) {
        var content = message.anyText("content", maxBytes);
        if (content == null) {
            throw message.invalid("content", "missing (expected: a text)");
        }
        return content;
    }

    private ToolCall call(Fields call) {
        call.allowing("id", "type", FUNCTION, "signature");
        var type = call.optionalText("type", 64);
        if (type != null && !type.equals(FUNCTION)) {
            throw call.invalid("type", Fields.shown(type) + " (expected: function)");
        }
        return called(
                call.text("id", MAX_ID),
                call.optionalText("signature", MAX_SIGNATURE),
                call.object(FUNCTION).allowing("name", "arguments"));
    }

    private ToolCall called(String id, @Nullable String signature, Fields function) {
        var name = function.text("name", MAX_NAME);
        if (!Tool.NAME.matcher(name).matches()) {
            throw function.invalid(
                    "name", Fields.shown(name) + " (expected: " + Tool.NAME.pattern() + ")");
        }
        var arguments = function.anyText("arguments", maxBytes);
        try {
            return new ToolCall(id, name, arguments == null ? "" : arguments, signature);
        } catch (IllegalArgumentException senseless) {
            throw function.invalid("arguments", "no object (expected: JSON text of an object)");
        }
    }
}
