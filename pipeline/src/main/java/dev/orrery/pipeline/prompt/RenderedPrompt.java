package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model will see.
 *
 * @param messages what was said, as it was said, oldest first; the current message last
 * @param hash see {@link PromptHash}
 */
public record RenderedPrompt(String systemInstruction, List<PromptMessage> messages, String hash) {

    /** Equal arguments give equal prompts, byte for byte. */
    public static RenderedPrompt of(Prompt prompt, Scene scene) {
        var system = prompt.render(scene);
        var messages = messages(scene);
        return new RenderedPrompt(system, messages, PromptHash.of(system, messages));
    }

    private static List<PromptMessage> messages(Scene scene) {
        var messages = new ArrayList<PromptMessage>(2 * scene.history().size() + 1);
        for (Exchange exchange : scene.history()) {
            messages.add(Messages.user(exchange.user()));
            messages.add(Messages.assistant(exchange.bot()));
        }
        messages.add(Messages.user(scene.message()));
        return messages;
    }

    /** Of everything that a model is sent, estimated, see {@link PromptTokens}. */
    public long tokens() {
        return PromptTokens.of(bytes());
    }

    /** UTF-8 bytes of the system instruction and all messages. */
    public long bytes() {
        long bytes = PromptTokens.bytes(systemInstruction);
        for (var message : messages) {
            bytes += PromptTokens.bytes(message.getContent());
        }
        return bytes;
    }

    /** The hash alone: the rest is what people wrote and who they are. */
    @Override
    public String toString() {
        return "RenderedPrompt[hash=" + hash + "]";
    }
}
