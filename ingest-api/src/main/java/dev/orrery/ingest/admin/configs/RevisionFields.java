package dev.orrery.ingest.admin.configs;

import dev.orrery.ingest.admin.providers.Providers;
import dev.orrery.pipeline.http.Fields;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people may say in a revision.
 *
 * @param provider code of an enabled provider
 * @param model the provider's own name of it
 * @param temperature 0 to 2; null leaves it to the provider, as do {@code topP} and {@code topK}
 * @param topP above 0, at most 1
 * @param topK 1 or more
 * @param promptTokenLimit the most tokens of a prompt that a price is secured for
 * @param retry further tries of the primary, 0 to 5
 * @param historyTurns the most earlier turns that a prompt carries
 * @param promptKind template or structured
 * @param metadata see {@link RevisionMetadata}
 */
record RevisionFields(
        String provider,
        String model,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens,
        int promptTokenLimit,
        int retry,
        int historyTurns,
        String promptKind,
        String prompt,
        ObjectNode metadata) {

    private static final String[] FIELDS = {
        "provider",
        "model",
        "temperature",
        "top_p",
        "top_k",
        "max_output_tokens",
        "prompt_token_limit",
        "retry",
        "history_turns",
        "prompt_kind",
        "prompt",
        "metadata"
    };

    private static final int MOST_TOKENS = 10_000_000;

    /** UTF-8 bytes; leaves a quarter of the longest body to everything else in it. */
    private static final int LONGEST_PROMPT = 192 * 1024;

    private static final double LEAST_TOP_P = Double.MIN_VALUE;

    /** The first revision of a configuration, whose document also says {@code name}. */
    static RevisionFields of(Fields document, Providers providers) {
        document.allowing(withName());
        return new RevisionFields(
                        providers.provider(document, "provider"),
                        Providers.model(document, "model"),
                        0.7,
                        0.95,
                        null,
                        1024,
                        16_000,
                        0,
                        20,
                        "template",
                        "",
                        JsonNodeFactory.instance.objectNode())
                .with(document, providers);
    }

    private static String[] withName() {
        var names = Arrays.copyOf(FIELDS, FIELDS.length + 1);
        names[FIELDS.length] = "name";
        return names;
    }

    /** The next revision: what is said replaces what was said before, the rest stays. */
    RevisionFields changedBy(Fields document, Providers providers) {
        return with(document.allowing(FIELDS), providers);
    }

    private RevisionFields with(Fields document, Providers providers) {
        var saidKind = document.optionalChoice("prompt_kind", "template", "structured");
        var saidPrompt = document.anyTextOfBytes("prompt", LONGEST_PROMPT);
        var newProvider =
                document.mentions("provider") ? providers.provider(document, "provider") : provider;
        return new RevisionFields(
                newProvider,
                document.mentions("model") ? Providers.model(document, "model") : model,
                number(document, "temperature", 0, 2, temperature),
                number(document, "top_p", LEAST_TOP_P, 1, topP),
                topK(document),
                whole(document, "max_output_tokens", 1, MOST_TOKENS, maxOutputTokens),
                whole(document, "prompt_token_limit", 1, MOST_TOKENS, promptTokenLimit),
                whole(document, "retry", 0, 5, retry),
                whole(document, "history_turns", 0, 1_000, historyTurns),
                saidKind == null ? promptKind : saidKind,
                document.mentions("prompt") ? (saidPrompt == null ? "" : saidPrompt) : prompt,
                RevisionMetadata.changed(
                        metadata, document.optionalObject("metadata"), providers, newProvider));
    }

    /** Null, when it is said, leaves the choice to the provider. */
    private static @Nullable Double number(
            Fields document, String name, double least, double greatest, @Nullable Double was) {
        return document.mentions(name) ? document.optionalNumber(name, least, greatest) : was;
    }

    private @Nullable Integer topK(Fields document) {
        if (!document.mentions("top_k")) {
            return topK;
        }
        return document.has("top_k") ? (int) document.wholeNumber("top_k", 1, MOST_TOKENS) : null;
    }

    private static int whole(Fields document, String name, int least, int greatest, int was) {
        return document.mentions(name) ? (int) document.wholeNumber(name, least, greatest) : was;
    }
}
