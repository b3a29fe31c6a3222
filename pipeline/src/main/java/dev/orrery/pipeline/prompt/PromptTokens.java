package dev.orrery.pipeline.prompt;

import java.nio.charset.StandardCharsets;

/**
 * Tokens of a text, estimated: they differ by model. Four bytes of UTF-8 to a token are usual for
 * English; languages of other scripts have about as many.
 */
public final class PromptTokens {

    static final long BYTES_PER_TOKEN = 4;

    private PromptTokens() {}

    /** 0 for nothing, else at least 1. */
    public static long of(String text) {
        return of(bytes(text));
    }

    /** Of so many bytes of UTF-8. */
    static long of(long bytes) {
        return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
    }

    static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
