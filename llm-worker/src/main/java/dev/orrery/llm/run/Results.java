package dev.orrery.llm.run;

import dev.orrery.events.PromptRendered;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainEvent;
import dev.orrery.llm.deltas.DeliveredReply;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.pipeline.turn.Finish;
import dev.orrery.pipeline.turn.TurnRow;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** What a run wants its turn to end with. */
final class Results {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Results() {}

    static Finish completed(
            UUID run,
            PromptRendered prompt,
            ChainEvent.Answered answered,
            DeliveredReply delivered) {
        return new Finish.Completed(
                run,
                reply(prompt, answered, delivered.text()),
                trail(prompt, answered.calls()),
                false,
                answered.firstTokenAt(),
                delivered.epoch(),
                delivered.openedByRestart(),
                delivered.chunkEnds());
    }

    static Finish failed(
            UUID run, PromptRendered prompt, ChainEvent.Failed failed, DeliveredReply delivered) {
        return new Finish.RunFailed(
                run,
                failed.code(),
                trail(prompt, failed.calls()),
                delivered.epoch(),
                delivered.openedByRestart(),
                delivered.chunkEnds().size());
    }

    private static TurnRow.StoredReply reply(
            PromptRendered prompt, ChainEvent.Answered answered, String text) {
        var stated = answered.usage();
        var usage = stated == null ? estimated(prompt, text) : stated;
        var step = answered.step();
        return new TurnRow.StoredReply(
                text,
                answered.finishReason().wireName(),
                step.provider(),
                step.model(),
                step.region(),
                usage.inputTokens(),
                usage.outputTokens(),
                usage.cachedInputTokens(),
                usage.reasoningTokens(),
                stated == null);
    }

    /** Unknown usage is not zero. */
    private static ModelChunk.Usage estimated(PromptRendered prompt, String text) {
        return new ModelChunk.Usage(Chains.inputTokens(prompt), TokenEstimate.of(text), null, null);
    }

    private static TurnRow.Trail trail(PromptRendered prompt, List<CallTrace> calls) {
        return new TurnRow.Trail(
                prompt.getPromptHash(),
                JSON.writeValueAsString(calls), // in the shape of AttemptTrace
                CallTrace.costMicros(calls),
                "[]",
                List.of());
    }
}
