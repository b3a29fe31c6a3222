package dev.orrery.llm.gemini;

import dev.orrery.llm.model.ToolCall;
import dev.orrery.pipeline.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of calls, on their way to a caller and back. Models since Gemini 3 sign the first
 * call of an answer with what they thought, want it back unchanged with the call's result, and
 * refuse one of another model, key or address. So a signature travels together with the target that
 * has made it: {@code gemini:<place>:<model>:<signature>}.
 *
 * @param mark tells the target from others; nothing of the key can be read from it
 */
record Signatures(String mark) {

    private static final int PLACE_CHARACTERS = 16;

    /**
     * What Google documents for calls that are not signed: that there is nothing to check. The
     * model goes on without its thoughts then.
     */
    private static final String NONE = "skip_thought_signature_validator";

    /** Of the models at this address, by this key. */
    static Signatures at(GeminiEndpoint endpoint) {
        var place = endpoint.baseUrl() + "\n" + endpoint.apiKey();
        return new Signatures("gemini:" + Sha256.of(place).substring(0, PLACE_CHARACTERS) + ':');
    }

    Signatures of(String model) {
        return new Signatures(mark + model + ':');
    }

    /** As it leaves here; null where there is none. */
    @Nullable String sealed(@Nullable String signature) {
        return signature == null || signature.isEmpty() ? null : mark + signature;
    }

    /** As the model gets it back. */
    String opened(ToolCall call) {
        var signature = call.signature();
        return signature != null && signature.startsWith(mark)
                ? signature.substring(mark.length())
                : NONE;
    }
}
