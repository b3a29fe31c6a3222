package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptTool;
import dev.orrery.pipeline.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprint of what a model sees: SHA-256 over the system instruction and then role and content
 * of each message, with its calls for tools and the id of the call that it answers, where it has
 * them; then the word {@code tools} and each tool's name, description and schema, where there are
 * any. Each text is its UTF-8 bytes behind their number (8 bytes, big endian), so that no two
 * prompts run into one another.
 */
public final class PromptHash {

    private PromptHash() {}

    /** Of a prompt without tools. */
    public static String of(String systemInstruction, List<PromptMessage> messages) {
        return of(systemInstruction, messages, List.of());
    }

    /** 64 lower-case hex digits. */
    public static String of(
            String systemInstruction, List<PromptMessage> messages, List<PromptTool> tools) {
        var sha256 = Sha256.digest();
        add(sha256, systemInstruction);
        for (var message : messages) {
            add(sha256, message);
        }
        if (!tools.isEmpty()) {
            add(sha256, "tools");
        }
        for (var tool : tools) {
            add(sha256, tool.getName());
            add(sha256, tool.getDescription());
            add(sha256, tool.getParameters());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, PromptMessage message) {
        add(digest, message.getRole());
        add(digest, message.getContent());
        for (var call : message.getToolCalls()) {
            add(digest, call.getId());
            add(digest, call.getName());
            add(digest, call.getArguments());
        }
        if (message.getAnswers() != null) {
            add(digest, message.getAnswers());
        }
    }

    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
        digest.update(bytes);
    }
}
