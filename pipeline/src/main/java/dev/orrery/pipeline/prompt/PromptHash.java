package dev.orrery.pipeline.prompt;

import dev.orrery.events.PromptMessage;
import dev.orrery.pipeline.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprint of what a model sees: SHA-256 over the system instruction and then role and content
 * of each message, each text as its UTF-8 bytes behind their number (8 bytes, big endian), so that
 * no two prompts run into one another.
 */
public final class PromptHash {

    private PromptHash() {}

    /** 64 lower-case hex digits. */
    public static String of(String systemInstruction, List<PromptMessage> messages) {
        var sha256 = Sha256.digest();
        add(sha256, systemInstruction);
        for (var message : messages) {
            add(sha256, message.getRole());
            add(sha256, message.getContent());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
        digest.update(bytes);
    }
}
