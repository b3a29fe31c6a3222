package dev.orrery.pipeline.prompt;

import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.ValueRules;
import dev.orrery.pipeline.prompt.yaml.YamlStyle;
import dev.orrery.pipeline.tool.ToolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * What a revision's metadata says about its prompt, all of it optional:
 *
 * <pre>{@code
 * {"fence_user_values": true,
 *  "yaml_style": "readable",
 *  "history_tokens": 4000,
 *  "custom": {"mood": "calm"},
 *  "required_variables": ["user_message"],
 *  "summary": {"enabled": true}}
 * }</pre>
 *
 * and what {@link ToolOptions} reads.
 *
 * @param historyTokens the most tokens of history, 0 or more, besides the other limits
 * @param requiredVariables names a prompt has to use before it may be activated
 * @param summary what becomes of the turns that the history has no room for
 */
public record PromptOptions(
        ValueRules values,
        OptionalLong historyTokens,
        List<String> requiredVariables,
        SummaryWish summary,
        ToolOptions tools) {

    public static final PromptOptions NONE =
            new PromptOptions(
                    ValueRules.NONE,
                    OptionalLong.empty(),
                    List.of(),
                    SummaryWish.NONE,
                    ToolOptions.NONE);

    private static final long MOST_HISTORY_TOKENS = 1_000_000;
    private static final int MOST_REQUIRED = 100;

    public PromptOptions {
        requiredVariables = List.copyOf(requiredVariables);
    }

    /** Of a prompt without summaries and tools. */
    public PromptOptions(
            ValueRules values, OptionalLong historyTokens, List<String> requiredVariables) {
        this(values, historyTokens, requiredVariables, SummaryWish.NONE, ToolOptions.NONE);
    }

    /**
     * Reads them strictly.
     *
     * @param metadata of a revision; other keys are not looked at
     * @throws IllegalArgumentException when one is there and is not what it should be
     */
    public static PromptOptions of(JsonNode metadata) {
        return new PromptOptions(
                new ValueRules(fencesUserValues(metadata), custom(metadata), style(metadata)),
                historyTokens(metadata),
                requiredVariables(metadata),
                SummaryWish.of(metadata),
                ToolOptions.of(metadata));
    }

    private static boolean fencesUserValues(JsonNode metadata) {
        var value = metadata.path("fence_user_values");
        require(isAbsent(value) || value.isBoolean(), "fence_user_values", "true or false");
        return value.isBoolean() && value.booleanValue();
    }

    private static YamlStyle style(JsonNode metadata) {
        var value = metadata.path("yaml_style");
        if (isAbsent(value)) {
            return YamlStyle.READABLE;
        }
        var style = YamlStyle.named(value.asString(""));
        require(style.isPresent(), "yaml_style", "readable or compat");
        return style.orElseThrow();
    }

    private static CustomValues custom(JsonNode metadata) {
        var custom = metadata.path("custom");
        require(isAbsent(custom) || custom.isObject(), "custom", "an object of values");
        for (var name : custom.propertyNames()) {
            require(
                    CustomValues.isUsable(name),
                    "custom." + name,
                    "a name of lower-case letters, digits and underscores that no variable has");
        }
        return CustomValues.of(custom);
    }

    private static OptionalLong historyTokens(JsonNode metadata) {
        var value = metadata.path("history_tokens");
        if (isAbsent(value)) {
            return OptionalLong.empty();
        }
        boolean usable =
                value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= 0
                        && value.longValue() <= MOST_HISTORY_TOKENS;
        require(usable, "history_tokens", "a whole number from 0 to " + MOST_HISTORY_TOKENS);
        return OptionalLong.of(value.longValue());
    }

    private static List<String> requiredVariables(JsonNode metadata) {
        var value = metadata.path("required_variables");
        boolean usable = isAbsent(value) || (value.isArray() && value.size() <= MOST_REQUIRED);
        require(usable, "required_variables", "a list of at most " + MOST_REQUIRED + " names");
        var names = new ArrayList<String>();
        for (var name : value) {
            require(name.isString(), "required_variables", "names of variables");
            names.add(name.stringValue());
        }
        return names;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void require(boolean holds, String key, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "metadata." + key + ": unusable (expected: " + expected + ")");
        }
    }
}
