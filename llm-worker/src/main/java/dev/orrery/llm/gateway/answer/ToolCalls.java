package dev.orrery.llm.gateway.answer;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.pipeline.turn.StorableText;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins the calls for tools of one answer from their pieces. Not thread-safe. */
final class ToolCalls {

    /** Arguments of a call whose model has sent none. */
    private static final String NONE = "{}";

    private final SortedMap<Integer, Open> calls = new TreeMap<>();

    /** Takes a piece; gives what can be sent of it. */
    CompletionChunk.ToolDelta add(ModelChunk.ToolFragment fragment) {
        var known = calls.get(fragment.index());
        if (known != null) {
            return known.goOn(fragment);
        }
        var call = new Open(fragment);
        calls.put(fragment.index(), call);
        return call.begin(fragment);
    }

    /** A piece for each call, which says all that came of it. */
    List<ModelChunk.ToolFragment> soFar() {
        return calls.entrySet().stream().map(call -> call.getValue().soFar(call.getKey())).toList();
    }

    /** What was asked for so far, in the model's order. */
    List<ToolCall> joined() {
        return calls.values().stream().map(Open::joined).toList();
    }

    void forget() {
        calls.clear();
    }

    /** One call on its way. */
    private static final class Open {

        private final String id;
        private final StringBuilder arguments = new StringBuilder();
        private final WholeCharacters characters = new WholeCharacters();
        private @Nullable String name;
        private @Nullable String signature;

        /** Whoever answers a call needs an id of it, whether the provider gives one or not. */
        Open(ModelChunk.ToolFragment first) {
            this.id = Objects.requireNonNullElse(first.id(), "call_" + first.index());
        }

        CompletionChunk.ToolDelta begin(ModelChunk.ToolFragment fragment) {
            return CompletionChunk.ToolDelta.first(
                    fragment.index(), id, fragment.name(), taken(fragment), fragment.signature());
        }

        CompletionChunk.ToolDelta goOn(ModelChunk.ToolFragment fragment) {
            return CompletionChunk.ToolDelta.further(
                    fragment.index(), fragment.name(), taken(fragment), fragment.signature());
        }

        private String taken(ModelChunk.ToolFragment fragment) {
            name = name == null ? fragment.name() : name;
            signature = signature == null ? fragment.signature() : signature;
            arguments.append(fragment.arguments());
            return characters.of(fragment.arguments());
        }

        ModelChunk.ToolFragment soFar(int index) {
            return new ModelChunk.ToolFragment(index, id, name, arguments.toString(), signature);
        }

        ToolCall joined() {
            return new ToolCall(
                    id,
                    Objects.requireNonNullElse(name, ""),
                    arguments.isEmpty() ? NONE : StorableText.of(arguments.toString()),
                    signature);
        }
    }
}
