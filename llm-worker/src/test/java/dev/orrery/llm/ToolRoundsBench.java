package dev.orrery.llm;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.PromptTool;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelChunk;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.turn.TurnRow;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The flow with a model that calls tools. */
abstract class ToolRoundsBench extends LlmFlowBench {

    private static final String CITY =
            """
            {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}
            """;

    CompletableFuture<@Nullable Void> handle(PromptTool... offered) {
        return handle(List.of(Examples.attempt("openai", "gpt")), offered);
    }

    CompletableFuture<@Nullable Void> handle(List<PlannedAttempt> attempts, PromptTool... offered) {
        var prompt =
                Examples.prompt(Examples.openTurn(TURN), attempts.toArray(PlannedAttempt[]::new));
        var value = PromptRendered.newBuilder(prompt.value()).setTools(List.of(offered)).build();
        var offering =
                new Event<>(
                        prompt.topic(), prompt.key(), prompt.partition(), value, prompt.context());
        return flow().handle(offering).flatMap(publisher::publish).then().toFuture();
    }

    static PromptTool weather() {
        return tool("get_weather", "get_weather");
    }

    static PromptTool tool(String name, String handler) {
        return PromptTool.newBuilder()
                .setName(name)
                .setDescription("")
                .setParameters(CITY)
                .setHandler(handler)
                .setTimeoutMillis(2_000)
                .build();
    }

    static Script calling(String name, String... arguments) {
        return calling(Script.nothing(), name, arguments);
    }

    /** A script that goes on with one call for each of these arguments. */
    static Script calling(Script script, String name, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            var begun = script.send(new ModelChunk.ToolFragment(i, "theirs", name, ""));
            script = begun.send(new ModelChunk.ToolFragment(i, null, null, arguments[i]));
        }
        return script.finish(FinishReason.TOOL);
    }

    static String city(String name) {
        return "{\"city\":\"" + name + "\"}";
    }

    Conversation asked(int call) {
        return model.prompts().get(call).conversation();
    }

    TurnRow.Ending ending() {
        return Objects.requireNonNull(turns.row(TURN).ending());
    }
}
