package dev.orrery.llm.gateway.answer;

import dev.orrery.pipeline.http.CommonProblem;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers, whole ones and chunks, with their fields in the order of their records. */
public final class AnswerJson {

    private AnswerJson() {}

    /**
     * A writer that has written each of them once: Jackson builds what it needs under a lock that
     * an event loop must not wait for.
     */
    public static JsonMapper mapper() {
        var json =
                JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
        var sample =
                new Outcome.Answered(
                        "none",
                        "none",
                        "tool",
                        "",
                        List.of(new ToolCall("none", "none", "{}", "none")),
                        new Usage(0, 0, 0L, 0L, false),
                        List.of());
        var piece = CompletionChunk.ToolDelta.first(0, "none", "none", "{}", "none");
        var head = new CompletionChunk.Head("none", 0, "none");
        json.writeValueAsBytes(WholeAnswer.of("none", sample));
        json.writeValueAsString(head.text("assistant", ""));
        json.writeValueAsString(head.tool("assistant", piece));
        json.writeValueAsString(head.restarted(1));
        json.writeValueAsString(head.usage(sample));
        json.writeValueAsString(StreamError.of(CommonProblem.INTERNAL, "none"));
        return json;
    }
}
