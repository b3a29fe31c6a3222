package dev.orrery.llm.gateway.request;

import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.Tool;
import dev.orrery.llm.model.ToolChoice;
import dev.orrery.pipeline.http.Fields;
import java.util.List;

/** Reads whether the models may ask for tools, in the shape of OpenAI's {@code tool_choice}. */
final class ToolChoiceReader {

    private static final String FIELD = "tool_choice";
    private static final String FUNCTION = "function";
    private static final int MAX_NAME = 1_024;
    private static final String EXPECTED = "auto, none, required, or one function by its name";

    private ToolChoiceReader() {}

    /**
     * @param tools of the same request
     */
    static ToolChoice choice(Fields body, List<Tool> tools) {
        var choice = body.isObject(FIELD) ? named(body.object(FIELD)) : mode(body);
        if (!Conversation.isPossible(choice, tools)) {
            throw body.invalid(FIELD, "no such tool in tools (expected: one that is there)");
        }
        return choice;
    }

    private static ToolChoice mode(Fields body) {
        var mode = body.optionalText(FIELD, 64);
        if (mode == null) {
            return ToolChoice.Mode.AUTO;
        }
        return switch (mode) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "none" -> ToolChoice.Mode.NONE;
            case "required" -> ToolChoice.Mode.REQUIRED;
            default ->
                    throw body.invalid(FIELD, Fields.shown(mode) + " (expected: " + EXPECTED + ")");
        };
    }

    private static ToolChoice named(Fields choice) {
        choice.allowing("type", FUNCTION);
        var type = choice.text("type", 64);
        if (!type.equals(FUNCTION)) {
            throw choice.invalid("type", Fields.shown(type) + " (expected: function)");
        }
        return new ToolChoice.Named(
                choice.object(FUNCTION).allowing("name").text("name", MAX_NAME));
    }
}
