package dev.orrery.llm.run;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.deltas.DeliveredReply;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.safety.SafeChain;
import dev.orrery.llm.tools.DialogueEvent;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.TurnRow;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run wants its turn to end with. */
final class Results {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Results() {}

    static Finish completed(
            UUID run,
            PromptRendered prompt,
            DialogueEvent.Answered answered,
            DeliveredReply delivered,
            SafeChain chain) {
        return new Finish.Completed(
                run,
                reply(answered, delivered.text()),
                trail(prompt, answered.traces(), answered.calls(), delivered, chain),
                chain.hasHelped(),
                answered.firstTokenAt(),
                delivered.epoch(),
                delivered.openedByRestart(),
                delivered.chunkEnds());
    }

    static Finish failed(
            UUID run,
            PromptRendered prompt,
            DialogueEvent.Failed failed,
            DeliveredReply delivered,
            SafeChain chain) {
        return new Finish.RunFailed(
                run,
                failed.code(),
                trail(prompt, failed.traces(), failed.calls(), delivered, chain),
                delivered.epoch(),
                delivered.openedByRestart(),
                delivered.chunkEnds().size());
    }

    private static TurnRow.StoredReply reply(DialogueEvent.Answered answered, String text) {
        var usage = answered.usage();
        var step = answered.step();
        return new TurnRow.StoredReply(
                text,
                answered.finishReason().wireName(),
                AtEndpoint.provider(step.provider()),
                step.model(),
                step.region(),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cachedInputTokens(),
                usage.reasoningTokens(),
                answered.estimated());
    }

    /** By the codes that the prompt names, wherever they were asked. */
    private static List<CallTrace> named(List<CallTrace> calls) {
        return calls.stream().map(CallTrace::withoutEndpoint).toList();
    }

    private static TurnRow.Trail trail(
            PromptRendered prompt,
            List<CallTrace> traces,
            List<CalledTool> calls,
            DeliveredReply delivered,
            SafeChain chain) {
        return new TurnRow.Trail(
                prompt.getPromptHash(),
                attempts(named(traces), delivered),
                CallTrace.costMicros(traces),
                CalledTool.write(
                        calls.stream()
                                .map(call -> call.at(delivered.placesOf(call.id())))
                                .toList()),
                chain.marks());
    }

    /**
     * In the shape of {@code AttemptTrace}; the attempt that a restart of the final epoch names
     * says so, since nothing else tells it from the others.
     */
    private static String attempts(List<CallTrace> traces, DeliveredReply delivered) {
        ArrayNode attempts = JSON.valueToTree(traces);
        for (var attempt : attempts) {
            if (delivered.openedByRestart()
                    && attempt.path("number").asInt() == delivered.openedBy()) {
                ((ObjectNode) attempt).put("openedEpoch", delivered.epoch());
            }
        }
        return JSON.writeValueAsString(attempts);
    }
}
