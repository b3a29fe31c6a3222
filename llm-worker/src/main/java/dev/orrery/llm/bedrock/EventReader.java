package dev.orrery.llm.bedrock;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Turns the events of one response into chunks. Not thread-safe: one a response. */
final class EventReader {

    private final Map<Integer, Integer> callOfBlock = new HashMap<>();
    private final Set<Integer> withArguments = new HashSet<>();
    private final CallProgress progress;
    private boolean hasText;
    private boolean stopped;

    EventReader(CallProgress progress) {
        this.progress = progress;
    }

    /** The chunks of an event; kinds of a later version of the protocol are passed over. */
    List<ModelChunk> read(ConverseStreamOutput event) {
        return switch (event) {
            case MessageStartEvent ignored -> progress.begun();
            case ContentBlockStartEvent start -> blockStart(start);
            case ContentBlockDeltaEvent delta ->
                    delta.delta() == null
                            ? List.of()
                            : blockDelta(delta.contentBlockIndex(), delta.delta());
            case ContentBlockStopEvent stop -> blockStop(stop.contentBlockIndex());
            case MessageStopEvent stop -> stop(stop);
            case ConverseStreamMetadataEvent metadata -> StatedUsage.in(metadata.usage());
            default -> List.of();
        };
    }

    /** A connection that is cut looks like one that ends to the SDK, so the end is checked here. */
    Mono<ModelChunk> end() {
        return stopped
                ? Mono.empty()
                : Mono.error(new ModelFailure.TruncatedStream("ended without a stop", null));
    }

    /** Without a reason nobody knows that the answer is whole. */
    private List<ModelChunk> stop(MessageStopEvent event) {
        var reason = event.stopReasonAsString();
        if (reason == null) {
            throw new ModelFailure.MalformedResponse("stop without a reason");
        }
        stopped = true;
        return List.of(
                new ModelChunk.Finished(StopReasons.of(reason, hasText || !callOfBlock.isEmpty())));
    }

    private List<ModelChunk> blockStart(ContentBlockStartEvent event) {
        var tool = event.start() == null ? null : event.start().toolUse();
        if (tool == null) {
            return List.of();
        }
        int call = callOfBlock.size();
        callOfBlock.put(event.contentBlockIndex(), call);
        return List.of(new ModelChunk.ToolFragment(call, tool.toolUseId(), tool.name(), ""));
    }

    private List<ModelChunk> blockDelta(@Nullable Integer index, ContentBlockDelta delta) {
        if (isThere(delta.text())) {
            hasText = true;
            return List.of(new ModelChunk.TextDelta(delta.text()));
        }
        var reasoning = delta.reasoningContent();
        if (reasoning != null && isThere(reasoning.text())) {
            return List.of(new ModelChunk.ReasoningDelta(reasoning.text()));
        }
        var call = callOfBlock.get(index);
        if (call == null || delta.toolUse() == null || !isThere(delta.toolUse().input())) {
            return List.of();
        }
        withArguments.add(call);
        return List.of(new ModelChunk.ToolFragment(call, null, null, delta.toolUse().input()));
    }

    /** A call without arguments sends none, where everybody expects an object. */
    private List<ModelChunk> blockStop(@Nullable Integer index) {
        var call = callOfBlock.get(index);
        return call == null || !withArguments.add(call)
                ? List.of()
                : List.of(new ModelChunk.ToolFragment(call, null, null, "{}"));
    }

    private static boolean isThere(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
