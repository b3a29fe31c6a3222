package dev.orrery.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.PromptTool;
import dev.orrery.events.PromptToolCall;
import dev.orrery.events.TextPolicy;
import java.nio.charset.StandardCharsets;

/** How much room the texts of a prompt take in a record. */
final class PromptSize {

    /** UTF-8 bytes; what is left of the 1 MiB of a record is for everything else in it. */
    static final long MOST_BYTES = 960 * 1024;

    private PromptSize() {}

    /**
     * UTF-8 bytes of the system instruction, all messages, all tools and what texts are checked
     * for.
     */
    static long of(PromptRendered prompt) {
        long bytes = size(prompt.getSystemInstruction());
        for (PromptMessage message : prompt.getMessages()) {
            bytes += size(message.getContent());
            for (PromptToolCall call : message.getToolCalls()) {
                bytes += size(call.getArguments());
            }
        }
        for (PromptTool tool : prompt.getTools()) {
            bytes += size(tool.getDescription()) + size(tool.getParameters());
        }
        var safety = prompt.getSafety();
        return safety == null
                ? bytes
                : bytes
                        + size(safety.getHelpText())
                        + size(safety.getInput())
                        + size(safety.getOutput());
    }

    private static long size(TextPolicy policy) {
        return policy.getPhrases().stream()
                .flatMap(list -> list.getPhrases().stream())
                .mapToLong(PromptSize::size)
                .sum();
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
