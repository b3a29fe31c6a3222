package dev.orrery.pipeline.prompt.lint;

import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What is known around a prompt.
 *
 * @param options of its revision
 * @param botCustom names of the bot's own values, without prefix, as they were written
 * @param requiredFields what a profile must say before the bot answers
 * @param factKinds external data that the bot wants
 * @param provider null when it is not known, as is {@code model}
 * @param maxOutputTokens the longest answer
 * @param promptTokenLimit the most tokens of a prompt that a turn's price is secured for
 * @param language of the users, as they say it; null when it is not known
 */
public record LintContext(
        PromptOptions options,
        List<String> botCustom,
        List<String> requiredFields,
        List<String> factKinds,
        @Nullable String provider,
        @Nullable String model,
        long maxOutputTokens,
        long promptTokenLimit,
        @Nullable String language) {

    private static final long USUAL_OUTPUT = 1_024;
    private static final long USUAL_LIMIT = 16_000;

    public LintContext {
        botCustom = List.copyOf(botCustom);
        requiredFields = List.copyOf(requiredFields);
        factKinds = List.copyOf(factKinds);
    }

    /** Nothing but what a revision says. */
    public static LintContext of(PromptOptions options) {
        return of(options, JsonNodeFactory.instance.objectNode());
    }

    /**
     * @param botMetadata its keys {@code custom}, {@code required_fields} and {@code facts} are
     *     read; what is not in the usual form is passed over
     */
    public static LintContext of(PromptOptions options, JsonNode botMetadata) {
        var fields = new ArrayList<String>();
        botMetadata.path("required_fields").forEach(field -> fields.add(field.asString("")));
        var kinds = new ArrayList<String>();
        botMetadata.path("facts").forEach(fact -> kinds.add(fact.path("kind").asString("")));
        return new LintContext(
                options,
                List.copyOf(botMetadata.path("custom").propertyNames()),
                fields,
                kinds,
                null,
                null,
                USUAL_OUTPUT,
                USUAL_LIMIT,
                null);
    }

    /** For this model, answering at most so much, with prompts of at most so much. */
    public LintContext asking(
            @Nullable String provider,
            @Nullable String model,
            long maxOutputTokens,
            long promptTokenLimit) {
        return new LintContext(
                options,
                botCustom,
                requiredFields,
                factKinds,
                provider,
                model,
                maxOutputTokens,
                promptTokenLimit,
                language);
    }

    /** For users who speak this. */
    public LintContext speaking(@Nullable String language) {
        return new LintContext(
                options,
                botCustom,
                requiredFields,
                factKinds,
                provider,
                model,
                maxOutputTokens,
                promptTokenLimit,
                language);
    }

    /** Every name that a template may use here, in the order of the alphabet. */
    List<String> knownNames() {
        var names = new TreeSet<String>();
        Arrays.stream(Variable.values()).map(Variable::wireName).forEach(names::add);
        options.values().custom().names().forEach(each -> names.add(CustomValues.PREFIX + each));
        botCustom.stream()
                .filter(CustomValues::isUsable)
                .forEach(each -> names.add(CustomValues.PREFIX + each));
        return List.copyOf(names);
    }
}
