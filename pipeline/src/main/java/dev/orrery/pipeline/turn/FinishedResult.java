package dev.orrery.pipeline.turn;

import dev.orrery.turns.FailureCode;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A wish to end a turn, as {@code chat.finish_turn} takes it.
 *
 * @param run the run that ends it; null for somebody who is no run
 * @param state completed, failed or cancelled
 * @param json the result, free of what {@code jsonb} cannot hold
 */
record FinishedResult(@Nullable UUID run, String state, String json) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static FinishedResult of(Finish finish) {
        return switch (finish) {
            case Finish.Completed completed ->
                    new FinishedResult(completed.run(), "completed", storable(answer(completed)));
            case Finish.RunFailed failed ->
                    new FinishedResult(failed.run(), "failed", storable(failure(failed)));
            case Finish.GivenUp givenUp ->
                    new FinishedResult(null, "failed", storable(code(givenUp.code())));
            case Finish.Cancelled ignored ->
                    new FinishedResult(null, "cancelled", storable(code(FailureCode.CANCELLED)));
        };
    }

    private static ObjectNode answer(Finish.Completed completed) {
        var reply = completed.reply();
        return JSON.createObjectNode()
                .put("text", reply.text())
                .put("finish_reason", reply.finishReason())
                .put("provider", reply.provider())
                .put("model", reply.model())
                .put("region", reply.region())
                .put("input_tokens", reply.inputTokens())
                .put("output_tokens", reply.outputTokens())
                .put("cached_input_tokens", reply.cachedInputTokens())
                .put("reasoning_tokens", reply.reasoningTokens())
                .put("usage_estimated", reply.usageEstimated())
                .put("waived", completed.waived())
                .put("first_token_at", completed.firstTokenAt().toString())
                .put("epoch", completed.epoch())
                .put("opened_by_restart", completed.openedByRestart())
                .set("chunk_ends", numbers(completed.chunkEnds()))
                .setAll(trail(completed.trail()));
    }

    /**
     * The text of a failed reply is not kept; how many deltas it had is, for the place of the
     * terminal event.
     */
    private static ObjectNode failure(Finish.RunFailed failed) {
        return code(failed.code())
                .put("epoch", failed.epoch())
                .put("opened_by_restart", failed.openedByRestart())
                .set("chunk_ends", numbers(Collections.nCopies(failed.deltas(), 0)))
                .setAll(trail(failed.trail()));
    }

    private static ObjectNode trail(TurnRow.Trail trail) {
        var marks = JSON.createArrayNode();
        trail.marks().forEach(marks::add);
        return JSON.createObjectNode()
                .put("prompt_hash", trail.promptHash())
                .put("cost_micros", trail.costMicros())
                .set("attempts", JSON.readTree(trail.attempts()))
                .set("tool_calls", JSON.readTree(trail.toolCalls()))
                .set("marks", marks);
    }

    private static ObjectNode code(FailureCode code) {
        return JSON.createObjectNode().put("code", code.code());
    }

    private static ArrayNode numbers(List<Integer> numbers) {
        var array = JSON.createArrayNode();
        numbers.forEach(array::add);
        return array;
    }

    private static String storable(ObjectNode result) {
        return JSON.writeValueAsString(storableCopy(result));
    }

    private static JsonNode storableCopy(JsonNode node) {
        if (node.isString()) {
            return JSON.getNodeFactory().stringNode(StorableText.of(node.stringValue()));
        }
        if (node instanceof ObjectNode object) {
            var copy = JSON.createObjectNode();
            object.forEachEntry(
                    (name, value) -> copy.set(StorableText.of(name), storableCopy(value)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = JSON.createArrayNode();
            array.forEach(each -> copy.add(storableCopy(each)));
            return copy;
        }
        return node;
    }
}
