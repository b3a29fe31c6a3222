package dev.orrery.llm.tools;

import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import org.jspecify.annotations.Nullable;

/** Hears of every call for a tool when it has ended. Called on any thread; must not block. */
public interface ToolListener {

    /**
     * @param handler null for a tool that the prompt does not have
     */
    void ended(Origin origin, @Nullable ToolHandler handler, CalledTool call);
}
