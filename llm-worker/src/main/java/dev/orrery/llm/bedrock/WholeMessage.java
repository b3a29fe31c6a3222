package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** Turns an answer that came whole into the chunks its stream would have had. */
final class WholeMessage {

    private final List<ModelChunk> chunks;
    private boolean hasText;
    private int calls;

    private WholeMessage(CallProgress progress) {
        chunks = new ArrayList<>(progress.begun());
    }

    /** Fails with {@link ModelFailure} when the response holds no message. */
    static List<ModelChunk> in(ConverseResponse response, CallProgress progress) {
        var message = response.output() == null ? null : response.output().message();
        if (message == null) {
            throw new ModelFailure.MalformedResponse("response without a message");
        }
        var whole = new WholeMessage(progress);
        message.content().forEach(whole::add);
        whole.end(response);
        return whole.chunks;
    }

    private void add(ContentBlock block) {
        var reasoning = block.reasoningContent();
        var thought = reasoning == null ? null : reasoning.reasoningText();
        if (isThere(block.text())) {
            hasText = true;
            chunks.add(new ModelChunk.TextDelta(block.text()));
        } else if (thought != null && isThere(thought.text())) {
            chunks.add(new ModelChunk.ReasoningDelta(thought.text()));
        } else if (block.toolUse() != null) {
            chunks.add(call(block.toolUse()));
        }
    }

    private ModelChunk call(ToolUseBlock call) {
        return new ModelChunk.ToolFragment(
                calls++,
                call.toolUseId(),
                call.name(),
                call.input() == null ? "{}" : JsonDocument.text(call.input()));
    }

    /** An answer without a reason is not finished, whatever it holds. */
    private void end(ConverseResponse response) {
        chunks.addAll(StatedUsage.in(response.usage()));
        if (response.stopReasonAsString() != null) {
            chunks.add(
                    new ModelChunk.Finished(
                            StopReasons.of(response.stopReasonAsString(), hasText || calls > 0)));
        }
    }

    private static boolean isThere(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
