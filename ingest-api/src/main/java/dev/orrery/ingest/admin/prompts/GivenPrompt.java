package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.lint.LintContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt as an author sends it, with what its revision would say beside it.
 *
 * @param source a text; a document may also be sent as JSON itself
 * @param options read from {@code metadata}
 */
record GivenPrompt(
        PromptKind kind,
        String source,
        PromptOptions options,
        @Nullable String provider,
        @Nullable String model,
        int historyTurns,
        long promptTokenLimit,
        long maxOutputTokens) {

    /** What the body may have for it. */
    static final String[] FIELDS = {
        "prompt",
        "kind",
        "metadata",
        "provider",
        "model",
        "history_turns",
        "prompt_token_limit",
        "max_output_tokens"
    };

    /** UTF-8 bytes; leaves a quarter of the longest body to everything else in it. */
    private static final int LONGEST_SOURCE = 192 * 1024;

    private static final long MOST_TOKENS = 2_000_000;

    static GivenPrompt of(Fields body) {
        return new GivenPrompt(
                kind(body),
                source(body),
                options(body),
                body.optionalText("provider", 50),
                body.optionalText("model", 100),
                (int) body.wholeNumber("history_turns", 0, 1_000, 20),
                body.wholeNumber("prompt_token_limit", 1, MOST_TOKENS, 16_000),
                body.wholeNumber("max_output_tokens", 1, MOST_TOKENS, 1_024));
    }

    private static PromptKind kind(Fields body) {
        var name = body.optionalText("kind", 32);
        if (name == null) {
            var isDocument = GivenJson.of(body, "prompt") instanceof ObjectNode;
            return isDocument ? PromptKind.STRUCTURED : PromptKind.TEMPLATE;
        }
        return PromptKind.named(name)
                .orElseThrow(
                        () -> body.invalid("kind", "unknown (expected: template or structured)"));
    }

    private static String source(Fields body) {
        var given = GivenJson.of(body, "prompt");
        if (given == null) {
            throw body.invalid("prompt", "missing (expected: a text, or a document)");
        }
        if (given instanceof ObjectNode document) {
            return shortEnough(body, document.toPrettyString());
        }
        var text = body.anyTextOfBytes("prompt", LONGEST_SOURCE);
        return text == null ? "" : text;
    }

    /** Written out over lines, a document may be several times as long as it came. */
    private static String shortEnough(Fields body, String document) {
        int bytes = document.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_SOURCE) {
            throw body.invalid(
                    "prompt",
                    bytes
                            + " bytes of UTF-8, written out (expected: at most "
                            + LONGEST_SOURCE
                            + ")");
        }
        return document;
    }

    private static PromptOptions options(Fields body) {
        try {
            return PromptOptions.of(GivenJson.object(body, "metadata"));
        } catch (IllegalArgumentException unusable) {
            var said = String.valueOf(unusable.getMessage());
            throw body.invalid("metadata", said.substring("metadata.".length()));
        }
    }

    LintContext lintContext(JsonNode botMetadata, @Nullable String language) {
        return LintContext.of(options, botMetadata)
                .asking(provider, model, maxOutputTokens, promptTokenLimit)
                .speaking(language);
    }
}
