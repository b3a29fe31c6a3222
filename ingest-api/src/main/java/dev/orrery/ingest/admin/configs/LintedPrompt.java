package dev.orrery.ingest.admin.configs;

import tools.jackson.databind.JsonNode;

/**
 * A revision as a lint sees it.
 *
 * @param kind template or structured
 * @param prompt source of either
 * @param provider code of the provider that is asked first, as its {@code model}
 * @param maxOutputTokens the longest answer
 * @param promptTokenLimit the most tokens that the rendered prompt may have
 * @param metadata of the revision
 * @param botMetadata of its bot; variables of its own among them
 */
public record LintedPrompt(
        String kind,
        String prompt,
        String provider,
        String model,
        int maxOutputTokens,
        int promptTokenLimit,
        JsonNode metadata,
        JsonNode botMetadata) {}
