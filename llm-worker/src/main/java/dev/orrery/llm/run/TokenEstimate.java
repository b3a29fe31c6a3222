package dev.orrery.llm.run;

import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;

/**
 * Tokens of a text whose provider did not count them: a quarter of its bytes in UTF-8, rounded up.
 * That is about right for English, and for scripts of three bytes a character less wrong than a
 * quarter of the characters.
 */
public final class TokenEstimate {

    private static final int BYTES_PER_TOKEN = 4;

    private TokenEstimate() {}

    /** Above 0 unless the text is empty. */
    public static long of(CharSequence text) {
        return tokens(bytes(text));
    }

    /** Of everything the model is sent. */
    static long of(PromptRendered prompt) {
        long bytes = bytes(prompt.getSystemInstruction());
        for (PromptMessage message : prompt.getMessages()) {
            bytes += bytes(message.getContent());
        }
        return tokens(bytes);
    }

    /** Of so many bytes in UTF-8. */
    public static long tokens(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** In UTF-8. */
    public static long bytes(CharSequence text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Half of a surrogate pair is half of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
