package dev.orrery.ingest.admin.prompts;

import dev.orrery.pipeline.prompt.variables.CustomValues;
import dev.orrery.pipeline.prompt.variables.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A variable as the API lists it.
 *
 * @param trust who decides what it says: operator, user, external or system
 */
record VariableView(String name, String category, String description, String trust) {

    /** The built-in ones, in the order of their categories. */
    static List<VariableView> builtIn() {
        return Arrays.stream(Variable.values()).map(VariableView::of).toList();
    }

    /** The built-in ones, and those that the bot's metadata adds. */
    static List<VariableView> of(JsonNode botMetadata) {
        var all = new ArrayList<>(builtIn());
        CustomValues.of(botMetadata.get("custom")).names().stream()
                .sorted()
                .map(VariableView::custom)
                .forEach(all::add);
        return all;
    }

    private static VariableView of(Variable variable) {
        return new VariableView(
                variable.wireName(),
                variable.category().title(),
                variable.description(),
                variable.trust().name().toLowerCase(Locale.ROOT));
    }

    private static VariableView custom(String name) {
        return new VariableView(
                CustomValues.PREFIX + name, "Custom", "Value that this bot adds.", "operator");
    }
}
