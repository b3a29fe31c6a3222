package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptTool;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.tool.ToolOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model will see.
 *
 * @param messages what was said, as it was said, oldest first; the bot's greeting before all, the
 *     current message last
 * @param tools what it may call
 * @param hash see {@link PromptHash}
 */
public record RenderedPrompt(
        String systemInstruction,
        List<PromptMessage> messages,
        List<PromptTool> tools,
        String hash) {

    /** Without tools. */
    public RenderedPrompt(String systemInstruction, List<PromptMessage> messages, String hash) {
        this(systemInstruction, messages, List.of(), hash);
    }

    /** Without tools. */
    public static RenderedPrompt of(Prompt prompt, Scene scene) {
        return of(prompt, scene, ToolOptions.NONE);
    }

    /** Equal arguments give equal prompts, byte for byte. */
    public static RenderedPrompt of(Prompt prompt, Scene scene, ToolOptions tools) {
        var system = prompt.render(scene);
        var messages = messages(scene, tools.inHistory());
        return new RenderedPrompt(
                system,
                messages,
                tools.offered(),
                PromptHash.of(system, messages, tools.offered()));
    }

    private static List<PromptMessage> messages(Scene scene, boolean withCalls) {
        var messages = new ArrayList<PromptMessage>(2 * scene.history().size() + 2);
        var greeting = scene.beginning().greeting();
        if (!greeting.isEmpty()) {
            messages.add(Messages.assistant(greeting));
        }
        for (int i = 0; i < scene.history().size(); i++) {
            var exchange = scene.history().get(i);
            messages.add(Messages.user(exchange.user()));
            if (withCalls) {
                messages.addAll(PastCalls.messages(exchange, i + 1));
            }
            messages.add(Messages.assistant(exchange.bot()));
        }
        messages.add(Messages.user(scene.message()));
        return messages;
    }

    /** Of everything that a model is sent, estimated, see {@link PromptTokens}. */
    public long tokens() {
        return PromptTokens.of(bytes());
    }

    /** UTF-8 bytes of the system instruction, all messages and all tools. */
    public long bytes() {
        long bytes = PromptTokens.bytes(systemInstruction);
        for (var message : messages) {
            bytes += bytes(message);
        }
        for (var tool : tools) {
            bytes += PromptTokens.bytes(tool.getName());
            bytes += PromptTokens.bytes(tool.getDescription());
            bytes += PromptTokens.bytes(tool.getParameters());
        }
        return bytes;
    }

    private static long bytes(PromptMessage message) {
        long bytes = PromptTokens.bytes(message.getContent());
        for (var call : message.getToolCalls()) {
            bytes += PromptTokens.bytes(call.getName()) + PromptTokens.bytes(call.getArguments());
        }
        return bytes;
    }

    /** The hash alone: the rest is what people wrote and who they are. */
    @Override
    public String toString() {
        return "RenderedPrompt[hash=" + hash + "]";
    }
}
