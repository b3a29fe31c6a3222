package dev.orrery.llm.openai;

import dev.orrery.llm.model.ModelChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose piece a piece of a tool call is. Servers of this family disagree: some leave the index out,
 * some give every call the same one, some repeat id and name, or an empty name, with every piece. A
 * call begins where the index is new, or where a piece has both a name and an id that is not the
 * one of the call before. Not thread-safe: one a response.
 */
final class ToolCalls {

    private static final class Call {
        private @Nullable String id;
        private boolean named;
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Integer> placeOfIndex = new HashMap<>();

    /**
     * @param position of the piece in its event, which stands in for an index
     */
    ModelChunk read(CompletionChunk.ToolCall piece, int position) {
        var function = piece.function();
        var id = said(piece.id());
        var name = function == null ? null : said(function.name());
        int place = place(piece.index() == null ? position : piece.index(), id, name);
        var call = calls.get(place);
        var fragment =
                new ModelChunk.ToolFragment(
                        place,
                        call.id == null ? id : null,
                        call.named ? null : name,
                        function == null || function.arguments() == null
                                ? ""
                                : function.arguments());
        call.id = call.id == null ? id : call.id;
        call.named |= name != null;
        return fragment;
    }

    private int place(int index, @Nullable String id, @Nullable String name) {
        var known = placeOfIndex.get(index);
        if (known != null && (id == null || name == null || id.equals(calls.get(known).id))) {
            return known;
        }
        calls.add(new Call());
        placeOfIndex.put(index, calls.size() - 1);
        return calls.size() - 1;
    }

    private static @Nullable String said(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
