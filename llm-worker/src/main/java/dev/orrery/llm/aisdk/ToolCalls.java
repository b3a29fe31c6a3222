package dev.orrery.llm.aisdk;

import dev.orrery.llm.model.ModelChunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one answer. Their input comes in pieces, and whole at the end, or only whole.
 * Not thread-safe: one a response.
 */
final class ToolCalls {

    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> inPieces = new HashSet<>();

    boolean any() {
        return !places.isEmpty();
    }

    /** {@code tool-input-start}. */
    List<ModelChunk> begin(UiChunk chunk) {
        var id = chunk.toolCallId();
        return id == null || places.containsKey(id)
                ? List.of()
                : List.of(first(id, chunk.toolName(), ""));
    }

    /** {@code tool-input-delta}. */
    List<ModelChunk> goOn(UiChunk chunk) {
        var place = places.get(chunk.toolCallId());
        var piece = chunk.inputTextDelta();
        if (place == null || piece == null || piece.isEmpty()) {
            return List.of();
        }
        inPieces.add(String.valueOf(chunk.toolCallId()));
        return List.of(new ModelChunk.ToolFragment(place, null, null, piece));
    }

    /** {@code tool-input-available}: what came in pieces is not sent again. */
    List<ModelChunk> complete(UiChunk chunk) {
        var id = chunk.toolCallId();
        if (id == null || inPieces.contains(id)) {
            return List.of();
        }
        var input = chunk.input() == null ? "{}" : chunk.input().toString();
        inPieces.add(id);
        var place = places.get(id);
        return List.of(
                place == null
                        ? first(id, chunk.toolName(), input)
                        : new ModelChunk.ToolFragment(place, null, null, input));
    }

    private ModelChunk first(String id, @Nullable String name, String input) {
        int place = places.size();
        places.put(id, place);
        return new ModelChunk.ToolFragment(place, id, name, input);
    }
}
