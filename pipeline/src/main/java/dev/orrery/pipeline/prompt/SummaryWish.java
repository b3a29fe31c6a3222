package dev.orrery.pipeline.prompt;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether, how often and by whom a revision wants long sessions summarised, {@code
 * metadata.summary}:
 *
 * <pre>{@code
 * {"enabled": true, "every_turns": 10, "max_tokens": 400, "provider": "openai", "model": "gpt-4.1-nano"}
 * }</pre>
 *
 * @param everyTurns how many completed turns have to have left the history before they are
 *     summarised
 * @param maxTokens the longest summary
 * @param provider who writes it; null, as is {@code model}, for the revision's own
 */
public record SummaryWish(
        boolean enabled,
        int everyTurns,
        int maxTokens,
        @Nullable String provider,
        @Nullable String model) {

    public static final int DEFAULT_TURNS = 10;
    public static final int MOST_TURNS = 500;
    public static final int DEFAULT_TOKENS = 400;
    public static final int LEAST_TOKENS = 50;
    public static final int MOST_TOKENS = 4_000;

    /** Of a revision that does not speak of summaries. */
    public static final SummaryWish NONE =
            new SummaryWish(false, DEFAULT_TURNS, DEFAULT_TOKENS, null, null);

    /** Everybody who wants any wants them on, unless they say otherwise. */
    static SummaryWish of(JsonNode metadata) {
        var said = metadata.path("summary");
        if (said.isMissingNode() || said.isNull()) {
            return NONE;
        }
        require(said.isObject(), "", "an object");
        var wish =
                new SummaryWish(
                        enabled(said),
                        number(said, "every_turns", 1, MOST_TURNS, DEFAULT_TURNS),
                        number(said, "max_tokens", LEAST_TOKENS, MOST_TOKENS, DEFAULT_TOKENS),
                        text(said, "provider"),
                        text(said, "model"));
        require(
                (wish.provider == null) == (wish.model == null),
                ".provider",
                "a provider and its model, or neither");
        return wish;
    }

    private static boolean enabled(JsonNode said) {
        var value = said.path("enabled");
        boolean isUnsaid = value.isMissingNode() || value.isNull();
        require(isUnsaid || value.isBoolean(), ".enabled", "true or false");
        return isUnsaid || value.booleanValue();
    }

    private static int number(JsonNode said, String key, int least, int most, int otherwise) {
        var value = said.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        boolean usable =
                value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.intValue() >= least
                        && value.intValue() <= most;
        require(usable, "." + key, "a whole number from " + least + " to " + most);
        return value.intValue();
    }

    private static @Nullable String text(JsonNode said, String key) {
        var value = said.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        require(value.isString() && !value.stringValue().isBlank(), "." + key, "a text");
        return value.stringValue();
    }

    private static void require(boolean holds, String key, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "metadata.summary" + key + ": unusable (expected: " + expected + ")");
        }
    }
}
