package dev.orrery.llm.testing;

import org.jspecify.annotations.Nullable;

/**
 * How a provider writes tools that were called, and whether one has to be: JSON texts, and where in
 * a request they stand.
 *
 * @param saidAt JSON pointer to what was said
 * @param said the rounds of {@link Prompts#rounds}
 * @param choiceAt JSON pointer to the choice
 * @param none no tool may be called; null where the provider has no word for it
 * @param required some tool has to be called
 * @param named {@code get_weather} has to be called
 */
public record ToolForms(
        String saidAt,
        String said,
        String choiceAt,
        @Nullable String none,
        String required,
        String named) {}
