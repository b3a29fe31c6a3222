package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptToolCall;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.tool.CalledTool;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The calls for tools of an earlier turn as messages: round by round, each with its results. */
final class PastCalls {

    private static final String ASSISTANT = "assistant";
    private static final String TOOL = "tool";

    private PastCalls() {}

    /**
     * @param place of the turn in the history, so that no two turns have a call of one id
     */
    static List<PromptMessage> messages(Exchange exchange, int place) {
        var rounds = new TreeMap<Integer, List<CalledTool>>();
        for (var call : exchange.calls()) {
            rounds.computeIfAbsent(call.round(), round -> new ArrayList<>()).add(call);
        }
        var messages = new ArrayList<PromptMessage>();
        for (var calls : rounds.values()) {
            messages.add(calling(calls, place));
            calls.forEach(call -> messages.add(result(call, place)));
        }
        return messages;
    }

    private static PromptMessage calling(List<CalledTool> calls, int place) {
        return PromptMessage.newBuilder()
                .setRole(ASSISTANT)
                .setContent("")
                .setToolCalls(calls.stream().map(call -> call(call, place)).toList())
                .build();
    }

    private static PromptToolCall call(CalledTool call, int place) {
        return PromptToolCall.newBuilder()
                .setId(id(call, place))
                .setName(call.name())
                .setArguments(call.arguments().isBlank() ? "{}" : call.arguments())
                .build();
    }

    private static PromptMessage result(CalledTool call, int place) {
        var result = call.result();
        return PromptMessage.newBuilder()
                .setRole(TOOL)
                .setContent(result == null ? "" : result)
                .setAnswers(id(call, place))
                .build();
    }

    private static String id(CalledTool call, int place) {
        return "turn_" + place + "_" + call.id();
    }
}
