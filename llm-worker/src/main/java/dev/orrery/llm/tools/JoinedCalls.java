package dev.orrery.llm.tools;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.turn.StorableText;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins the calls for tools of one answer from their pieces. Not thread-safe. */
final class JoinedCalls {

    /** No tool has a longer name; what is longer is none, and told of as far as this. */
    private static final int MOST_NAME = 100;

    /**
     * A call as the model has made it.
     *
     * @param name blank where it has given none
     * @param arguments JSON text, or what the model took for it; empty for none
     */
    record Wanted(String name, String arguments) {}

    private static final class Open {
        private final StringBuilder arguments = new StringBuilder();
        private String name = "";

        private Wanted joined() {
            return new Wanted(name, StorableText.of(arguments.toString()));
        }
    }

    private final SortedMap<Integer, Open> open = new TreeMap<>();

    void add(ModelChunk.ToolFragment piece) {
        var call = open.computeIfAbsent(piece.index(), index -> new Open());
        var name = piece.name();
        if (call.name.isEmpty() && name != null) {
            call.name = StorableText.of(name.substring(0, Math.min(name.length(), MOST_NAME)));
        }
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
