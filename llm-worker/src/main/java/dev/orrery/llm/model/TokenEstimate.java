package dev.orrery.llm.model;

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

    /** What a call has used that showed so many bytes of text. */
    public static ModelChunk.Usage usage(Conversation conversation, long shownBytes) {
        long sent = bytes(conversation.systemInstruction());
        for (var message : conversation.messages()) {
            sent += bytes(message.content());
            for (var call : message.calls()) {
                sent += bytes(call.name()) + bytes(call.arguments());
            }
        }
        for (var tool : conversation.tools()) {
            sent += bytes(tool.name()) + bytes(tool.description()) + bytes(tool.inputSchema());
        }
        return new ModelChunk.Usage(tokens(sent), tokens(shownBytes), null, null);
    }

    /** Of so many bytes of UTF-8. */
    public static long tokens(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** Length in UTF-8; halves of a surrogate pair count as halves of its bytes. */
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
