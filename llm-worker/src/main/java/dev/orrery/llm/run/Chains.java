package dev.orrery.llm.run;

import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.PromptTool;
import dev.orrery.events.PromptToolCall;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.chain.ChainRequest;
import dev.orrery.llm.chain.Conduct;
import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.chain.Origin;
import dev.orrery.llm.chain.Refusals;
import dev.orrery.llm.chain.Step;
import dev.orrery.llm.model.AtEndpoint;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.tools.OfferedTool;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.turns.FailureCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is to be asked, and whom, from a prompt. */
final class Chains {

    private Chains() {}

    /**
     * @param place in a trace that the calls hang on
     * @param firstCall number of the first call
     * @param patience until the deadline
     * @throws StageFailure.Permanent when the prompt makes no sense
     */
    static ChainRequest of(
            PromptRendered prompt, @Nullable TraceParent place, int firstCall, Duration patience) {
        try {
            return new ChainRequest(
                    prompt.getTurn().getTurnId(),
                    conversation(prompt),
                    prompt.getAttempts().stream().map(Chains::step).toList(),
                    firstCall,
                    patience,
                    new Conduct(refusals(prompt), prompt.getHedge(), prompt.getToolsRequired()),
                    prompt.getTurn().getBotId(),
                    new Origin(place, prompt.getTurn(), prompt.getPromptHash()));
        } catch (IllegalArgumentException senseless) {
            throw new StageFailure.Permanent(
                    FailureCode.INTERNAL, "prompt: " + senseless.getMessage(), senseless);
        }
    }

    private static Refusals refusals(PromptRendered prompt) {
        return new Refusals(
                then(prompt.getContentFilteredIsFinal()), then(prompt.getContextTooLongIsFinal()));
    }

    private static Refusals.Then then(boolean isFinal) {
        return isFinal ? Refusals.Then.FINAL : Refusals.Then.NEXT_ATTEMPT;
    }

    private static Conversation conversation(PromptRendered prompt) {
        return new Conversation(
                prompt.getSystemInstruction(),
                prompt.getMessages().stream().map(Chains::message).toList(),
                prompt.getTemperature(),
                prompt.getTopP(),
                prompt.getTopK(),
                prompt.getMaxOutputTokens(),
                tools(prompt).stream().map(OfferedTool::tool).toList());
    }

    /**
     * What the models may call.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    static List<OfferedTool> tools(PromptRendered prompt) {
        return prompt.getTools().stream().map(OfferedTool::of).toList();
    }

    /** Of everything the model is sent. */
    static long inputTokens(PromptRendered prompt) {
        long bytes = TokenEstimate.bytes(prompt.getSystemInstruction());
        for (PromptMessage message : prompt.getMessages()) {
            bytes += TokenEstimate.bytes(message.getContent());
            for (PromptToolCall call : message.getToolCalls()) {
                bytes += TokenEstimate.bytes(call.getName());
                bytes += TokenEstimate.bytes(call.getArguments());
            }
        }
        for (PromptTool tool : prompt.getTools()) {
            bytes += TokenEstimate.bytes(tool.getName());
            bytes += TokenEstimate.bytes(tool.getDescription());
            bytes += TokenEstimate.bytes(tool.getParameters());
        }
        return TokenEstimate.tokens(bytes);
    }

    private static Conversation.Message message(PromptMessage message) {
        return new Conversation.Message(
                role(message.getRole()),
                message.getContent(),
                message.getToolCalls().stream().map(Chains::call).toList(),
                message.getAnswers());
    }

    private static ToolCall call(PromptToolCall call) {
        return new ToolCall(call.getId(), call.getName(), call.getArguments());
    }

    private static Conversation.Role role(String wire) {
        return switch (wire) {
            case "user" -> Conversation.Role.USER;
            case "assistant" -> Conversation.Role.ASSISTANT;
            case "tool" -> Conversation.Role.TOOL;
            default ->
                    throw new IllegalArgumentException(
                            "role: " + wire + " (expected: user, assistant or tool)");
        };
    }

    private static Step step(PlannedAttempt attempt) {
        var named = attempt.getApiEndpoint();
        if (named == null) {
            return step(attempt, attempt.getProvider(), attempt.getSkip());
        }
        try {
            var provider = AtEndpoint.name(attempt.getProvider(), new URI(named));
            return step(attempt, provider, attempt.getSkip());
        } catch (URISyntaxException unreadable) {
            return step(attempt, attempt.getProvider(), CallTrace.ENDPOINT_REFUSED);
        }
    }

    /**
     * @param provider as the chain knows it, see {@link AtEndpoint}
     */
    private static Step step(PlannedAttempt attempt, String provider, @Nullable String barred) {
        return new Step(
                provider,
                attempt.getModel(),
                attempt.getRegion(),
                attempt.getRetry(),
                new Limits(
                        Duration.ofMillis(attempt.getConnectMillis()),
                        Duration.ofMillis(attempt.getFirstTokenMillis()),
                        Duration.ofMillis(attempt.getStallMillis()),
                        Duration.ofMillis(attempt.getTotalMillis())),
                true,
                barred);
    }
}
