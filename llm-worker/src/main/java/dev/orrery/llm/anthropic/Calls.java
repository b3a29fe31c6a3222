package dev.orrery.llm.anthropic;

import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.model.ModelChunk.ToolFragment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls for tools of one message: blocks among others, which are numbered among themselves. Not
 * thread-safe.
 */
final class Calls {

    private static final String NONE = "{}";

    private final Map<Integer, Integer> callOfBlock = new HashMap<>();
    private final Set<Integer> withArguments = new HashSet<>();

    boolean hasSome() {
        return !callOfBlock.isEmpty();
    }

    /** One of a message that came whole. */
    ToolFragment whole(StreamEvent.ContentBlock block) {
        int call = next(null);
        var input = block.input();
        return new ToolFragment(
                call, block.id(), block.name(), input == null ? NONE : input.toString());
    }

    ToolFragment begun(@Nullable Integer index, StreamEvent.ContentBlock block) {
        int call = next(index);
        return new ToolFragment(call, block.id(), block.name(), arguments(call, block));
    }

    private int next(@Nullable Integer index) {
        int call = callOfBlock.size();
        callOfBlock.put(index == null ? call : index, call);
        return call;
    }

    /** They come in pieces; from some fronts of this protocol at once, and no pieces then. */
    private String arguments(int call, StreamEvent.ContentBlock block) {
        var input = block.input();
        if (input == null || !input.isObject() || input.isEmpty()) {
            return "";
        }
        withArguments.add(call);
        return input.toString();
    }

    /** Blocks that are no call of ours may have arguments too: tools that the provider runs. */
    List<ModelChunk> further(@Nullable Integer index, @Nullable String arguments) {
        var call = callOfBlock.get(index);
        if (call == null || arguments == null || arguments.isEmpty()) {
            return List.of();
        }
        withArguments.add(call);
        return List.of(new ToolFragment(call, null, null, arguments));
    }

    /** A call without arguments sends none, where everybody expects an object. */
    List<ModelChunk> ended(@Nullable Integer index) {
        var call = callOfBlock.get(index);
        return call == null || !withArguments.add(call)
                ? List.of()
                : List.of(new ToolFragment(call, null, null, NONE));
    }
}
