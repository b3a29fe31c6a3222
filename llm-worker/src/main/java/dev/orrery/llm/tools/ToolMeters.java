package dev.orrery.llm.tools;

import dev.orrery.llm.chain.Origin;
import dev.orrery.pipeline.tool.CalledTool;
import dev.orrery.pipeline.tool.ToolHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls for tools: {@code orrery.llm.tools.calls} by tool and result, {@code
 * orrery.llm.tools.duration} by tool. A tool is told by its handler, since its name is an author's
 * word, and there may be any number of those.
 */
public final class ToolMeters implements ToolListener {

    private static final String UNKNOWN = "unknown";

    private final MeterRegistry meters;

    public ToolMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(Origin origin, @Nullable ToolHandler handler, CalledTool call) {
        var tool = handler == null ? UNKNOWN : handler.wireName();
        meters.counter("orrery.llm.tools.calls", "tool", tool, "result", call.outcome())
                .increment();
        meters.timer("orrery.llm.tools.duration", "tool", tool)
                .record(Duration.ofMillis(call.tookMillis()));
    }
}
