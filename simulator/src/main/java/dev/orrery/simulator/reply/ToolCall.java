package dev.orrery.simulator.reply;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** One call of a tool, with arguments that its schema allows. */
public record ToolCall(String name, ObjectNode arguments) {

    private static final int FRAGMENT_LETTERS = 8;

    static ToolCall of(Tool tool) {
        return new ToolCall(tool.name(), Arguments.of(tool.schema()));
    }

    /** The arguments as JSON, in the pieces in which they are streamed; at least one. */
    public List<String> fragments() {
        String json = arguments.toString();
        return IntStream.iterate(0, from -> from < json.length(), from -> from + FRAGMENT_LETTERS)
                .mapToObj(from ->
                        json.substring(from, Math.min(from + FRAGMENT_LETTERS, json.length())))
                .toList();
    }
}
