package dev.orrery.llm.tools;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.turn.StorableText;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins the calls for tools of one answer from their pieces. Not thread-safe. */
final class JoinedCalls {

    /** No tool has a longer name; what is longer is none, and told of as far as this. */
    private static final int MOST_NAME = 100;

    /**
     * A call as the model has made it.
     *
     * @param name blank where it has given none
     * @param arguments JSON text, or what the model took for it; empty for none
     * @param signature see {@link dev.orrery.llm.model.ToolCall}
     */
    record Wanted(String name, String arguments, @Nullable String signature) {}

    private static final class Open {
        private final StringBuilder arguments = new StringBuilder();
        private String name = "";
        private @Nullable String signature;

        private Wanted joined() {
            return new Wanted(name, StorableText.of(arguments.toString()), signature);
        }
    }

    private final SortedMap<Integer, Open> open = new TreeMap<>();

    void add(ModelChunk.ToolFragment piece) {
        var call = open.computeIfAbsent(piece.index(), index -> new Open());
        var name = piece.name();
        if (call.name.isEmpty() && name != null) {
            call.name = StorableText.of(name.substring(0, Math.min(name.length(), MOST_NAME)));
        }
        call.signature = call.signature == null ? piece.signature() : call.signature;
        call.arguments.append(piece.arguments());
    }

    void forget() {
        open.clear();
    }

    /** In the model's order. */
    List<Wanted> all() {
        return open.values().stream().map(Open::joined).toList();
    }
}
